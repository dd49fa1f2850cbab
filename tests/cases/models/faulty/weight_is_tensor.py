import numpy as np
import torch
import torch.nn as nn


class PretrainedEmbedding(nn.Module):
    def __init__(self, matrix: np.ndarray):
        super().__init__()
        n, d = matrix.shape
        self.embed = nn.Embedding(n, d)
        self.embed.weight = torch.from_numpy(matrix).float()  # expect: parameter-replaced-by-tensor
        self.gru = nn.GRU(d, d, batch_first=True)

    def forward(self, x):
        return self.gru(self.embed(x))[0]
