import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


class CLIP(nn.Module):
    def __init__(self, d_img=512, d_txt=512, d=256):
        super().__init__()
        self.img = nn.Linear(d_img, d, bias=False)
        self.txt = nn.Linear(d_txt, d, bias=False)
        self.logit_scale = nn.Parameter(torch.ones([]) * np.log(1 / 0.07))

    def forward(self, i, t):
        i = F.normalize(self.img(i), dim=-1)
        t = F.normalize(self.txt(t), dim=-1)
        logits = self.logit_scale.exp() * i @ t.t()
        y = torch.arange(len(i), device=i.device)
        return (F.cross_entropy(logits, y) + F.cross_entropy(logits.t(), y)) / 2
