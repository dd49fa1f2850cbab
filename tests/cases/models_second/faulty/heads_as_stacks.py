import torch
import torch.nn as nn
from einops import rearrange


class PerHeadAttention(nn.Module):
    def __init__(self, dim=256, heads=8, dim_head=32):
        super().__init__()
        self.wq = nn.Parameter(torch.empty(heads, dim, dim_head))
        self.wk = nn.Parameter(torch.empty(heads, dim, dim_head))
        self.wv = nn.Parameter(torch.empty(heads, dim, dim_head))
        self.out = nn.Linear(heads * dim_head, dim)
        for w in (self.wq, self.wk, self.wv):
            nn.init.xavier_uniform_(w)  # expect: wrong-fan

    def forward(self, x):
        q = torch.einsum("btd,hde->bhte", x, self.wq)
        k = torch.einsum("btd,hde->bhte", x, self.wk)
        v = torch.einsum("btd,hde->bhte", x, self.wv)
        a = (q @ k.transpose(-1, -2) / q.size(-1) ** 0.5).softmax(-1)
        return self.out(rearrange(a @ v, "b h t e -> b t (h e)"))
