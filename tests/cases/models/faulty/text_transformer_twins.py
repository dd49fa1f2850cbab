import math
import torch
import torch.nn as nn


class TextClassifier(nn.Module):
    def __init__(self, vocab_size, num_classes, d_model=256, nhead=4, nlayers=4):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, d_model)
        layer = nn.TransformerEncoderLayer(d_model, nhead, 4 * d_model, batch_first=True)
        self.encoder = nn.TransformerEncoder(layer, nlayers)  # expect: cloned-layers
        self.classifier = nn.Linear(d_model, num_classes)
        self.d_model = d_model

    def forward(self, tokens):
        x = self.embedding(tokens) * math.sqrt(self.d_model)
        x = self.encoder(x)
        return self.classifier(x.mean(dim=1))
