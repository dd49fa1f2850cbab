import torch
import torch.nn as nn


class Transformer(nn.Module):
    def __init__(self, vocab=8000, d=256, n=4):
        super().__init__()
        self.embed = nn.Embedding(vocab, d)
        self.pos = nn.Parameter(torch.zeros(1, 128, d))
        layer = nn.TransformerDecoderLayer(d, 4, batch_first=True)
        self.decoder = nn.TransformerDecoder(layer, num_layers=n)  # expect: cloned-layers
        self.out = nn.Linear(d, vocab)

    def forward(self, memory, tgt):
        h = self.embed(tgt) + self.pos[:, : tgt.size(1)]
        return self.out(self.decoder(h, memory))
