import torch
import torch.nn as nn


class Segmenter(nn.Module):
    def __init__(self, encoder, classes=1):
        super().__init__()
        self.encoder = encoder
        self.decoder = nn.Sequential(nn.Conv2d(512, 64, 3, padding=1, bias=False), nn.BatchNorm2d(64), nn.ReLU(), nn.Conv2d(64, classes, 1))
        self.sigmoid = nn.Sigmoid()

    def forward(self, x):
        return self.sigmoid(self.decoder(self.encoder(x)))  # expect: activation-before-loss


class Trainer:
    def __init__(self, encoder, device="cuda"):
        self.model = Segmenter(encoder).to(device)
        self.loss_fn = nn.BCEWithLogitsLoss()
        self.opt = torch.optim.AdamW(self.model.parameters(), 1e-4)

    def step(self, images, masks):
        pred = self.model(images)
        loss = self.loss_fn(pred, masks)
        self.opt.zero_grad()
        loss.backward()
        self.opt.step()
        return loss.item()
