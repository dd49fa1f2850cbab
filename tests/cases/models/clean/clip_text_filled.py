import torch
import torch.nn as nn


class TextTower(nn.Module):
    def __init__(self, vocab=49408, width=512, heads=8, layers=12, ctx=77, dim=512):
        super().__init__()
        self.token_embedding = nn.Embedding(vocab, width)
        self.positional_embedding = nn.Parameter(torch.empty(ctx, width))
        self.blocks = nn.ModuleList([nn.TransformerEncoderLayer(width, heads, 4 * width, norm_first=True) for _ in range(layers)])
        self.ln_final = nn.LayerNorm(width)
        self.text_projection = nn.Parameter(torch.empty(width, dim))
        self.width = width
        self.initialize_parameters()

    def initialize_parameters(self):
        nn.init.normal_(self.token_embedding.weight, std=0.02)
        nn.init.normal_(self.positional_embedding, std=0.01)
        nn.init.normal_(self.text_projection, std=self.width ** -0.5)

    def forward(self, text):
        x = (self.token_embedding(text) + self.positional_embedding).permute(1, 0, 2)
        for b in self.blocks:
            x = b(x)
        x = self.ln_final(x.permute(1, 0, 2))
        return x[torch.arange(x.shape[0]), text.argmax(dim=-1)] @ self.text_projection
