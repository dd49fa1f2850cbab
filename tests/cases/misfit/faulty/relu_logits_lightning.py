"""A LightningModule whose logits pass a ReLU; and a model that computes its own loss on probabilities."""

import torch
import torch.nn as nn
import torch.nn.functional as F
import pytorch_lightning as pl


class LitClassifier(pl.LightningModule):
    def __init__(self, dim=32, classes=4):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(dim, 64), nn.ReLU())
        self.head = nn.Linear(64, classes)

    def forward(self, x):
        return F.relu(self.head(self.body(x)))  # expect: activation-before-loss

    def training_step(self, batch, batch_idx):
        x, y = batch
        logits = self(x)
        loss = F.cross_entropy(logits, y)
        return loss

    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters())


class OwnLoss(nn.Module):
    def __init__(self, dim=32, classes=4):
        super().__init__()
        self.fc = nn.Linear(dim, classes)
        self.criterion = nn.CrossEntropyLoss()

    def forward(self, x, labels):
        probs = torch.softmax(self.fc(x), dim=-1)  # expect: activation-before-loss
        return self.criterion(probs, labels)
