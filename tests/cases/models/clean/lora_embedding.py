import torch
import torch.nn as nn
import torch.nn.functional as F


class LoRAEmbedding(nn.Embedding):
    def __init__(self, n, d, r=4, alpha=1):
        super().__init__(n, d)
        self.lora_A = nn.Parameter(self.weight.new_zeros((r, n)))
        self.lora_B = nn.Parameter(self.weight.new_zeros((d, r)))
        self.scaling = alpha / r
        self.weight.requires_grad = False
        nn.init.zeros_(self.lora_A)
        nn.init.normal_(self.lora_B)

    def forward(self, x):
        out = super().forward(x)
        a = F.embedding(x, self.lora_A.transpose(0, 1))
        return out + (a @ self.lora_B.transpose(0, 1)) * self.scaling
