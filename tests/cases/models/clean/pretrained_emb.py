import torch
import torch.nn as nn


class TextCNN(nn.Module):
    def __init__(self, matrix, classes=2, k=(3, 4, 5), n=100):
        super().__init__()
        v, d = matrix.shape
        self.emb = nn.Embedding(v, d)
        self.emb.weight = nn.Parameter(torch.tensor(matrix, dtype=torch.float32))
        self.convs = nn.ModuleList([nn.Conv2d(1, n, (s, d)) for s in k])
        self.fc = nn.Linear(n * len(k), classes)

    def forward(self, x):
        x = self.emb(x).unsqueeze(1)
        x = [torch.relu(c(x)).squeeze(3).max(2).values for c in self.convs]
        return self.fc(torch.cat(x, 1))
