"""A vision transformer (Dosovitskiy et al. 2020) with truncated normals and a zeroed head."""

from __future__ import annotations

from functools import partial

import torch
from torch import Tensor, nn
from torch.nn.init import trunc_normal_, xavier_uniform_, zeros_


class Mlp(nn.Module):
    def __init__(self, width: int, hidden: int | None = None, act: type[nn.Module] = nn.GELU, p: float = 0.0) -> None:
        super().__init__()
        hidden = hidden or 4 * width
        self.fc1 = nn.Linear(width, hidden)
        self.act = act()
        self.drop1 = nn.Dropout(p)
        self.fc2 = nn.Linear(hidden, width)
        self.drop2 = nn.Dropout(p)

    def forward(self, x: Tensor) -> Tensor:
        x = self.drop1(self.act(self.fc1(x)))
        return self.drop2(self.fc2(x))


class Attention(nn.Module):
    def __init__(self, width: int, heads: int, qkv_bias: bool = True) -> None:
        super().__init__()
        self.heads = heads
        self.scale = (width // heads) ** -0.5
        self.qkv = nn.Linear(width, width * 3, bias=qkv_bias)
        self.proj = nn.Linear(width, width)

    def forward(self, x: Tensor) -> Tensor:
        n, length, width = x.shape
        qkv = self.qkv(x).reshape(n, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        q, k, v = qkv.unbind(0)
        attention = ((q * self.scale) @ k.transpose(-2, -1)).softmax(dim=-1)
        return self.proj((attention @ v).transpose(1, 2).reshape(n, length, width))


class Layer(nn.Module):
    def __init__(self, width: int, heads: int, norm: type[nn.Module] | partial[nn.LayerNorm] = nn.LayerNorm) -> None:
        super().__init__()
        self.norm1 = norm(width)
        self.attn = Attention(width, heads)
        self.norm2 = norm(width)
        self.mlp = Mlp(width)

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.attn(self.norm1(x))
        x = x + self.mlp(self.norm2(x))
        return x


class PatchEmbed(nn.Module):
    def __init__(self, size: int, patch: int, width: int) -> None:
        super().__init__()
        self.count = (size // patch) ** 2
        self.proj = nn.Conv2d(3, width, kernel_size=patch, stride=patch)

    def forward(self, x: Tensor) -> Tensor:
        return self.proj(x).flatten(2).transpose(1, 2)


class VisionTransformer(nn.Module):
    def __init__(
        self, size: int = 32, patch: int = 8, width: int = 96, depth: int = 4, heads: int = 3, classes: int = 10
    ) -> None:
        super().__init__()
        norm = partial(nn.LayerNorm, eps=1e-6)
        self.patch_embed = PatchEmbed(size, patch, width)
        self.cls_token = nn.Parameter(torch.zeros(1, 1, width))
        self.pos_embed = nn.Parameter(torch.zeros(1, self.patch_embed.count + 1, width))
        self.blocks = nn.Sequential(*[Layer(width, heads, norm=norm) for _ in range(depth)])
        self.norm = norm(width)
        self.head = nn.Linear(width, classes)
        trunc_normal_(self.pos_embed, std=0.02)
        trunc_normal_(self.cls_token, std=0.02)
        self.apply(init_vit)
        zeros_(self.head.weight)
        nn.init.constant_(self.head.bias, -6.0)

    def forward(self, x: Tensor) -> Tensor:
        x = self.patch_embed(x)
        token = self.cls_token.expand(x.shape[0], -1, -1)
        x = torch.cat((token, x), dim=1) + self.pos_embed
        x = self.norm(self.blocks(x))
        return self.head(x[:, 0])


def init_vit(module: nn.Module) -> None:
    if isinstance(module, nn.Linear):
        xavier_uniform_(module.weight)
        if module.bias is not None:
            nn.init.normal_(module.bias, std=1e-6)
    elif isinstance(module, nn.LayerNorm):
        nn.init.constant_(module.bias, 0)
        nn.init.constant_(module.weight, 1.0)
