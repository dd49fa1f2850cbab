"""`self.head.weight = self.emb.weight`: before and after an init, by getters, and the other way round."""

import torch.nn as nn


class Net(nn.Module):
    def __init__(self, vocab=50, dim=16):
        super().__init__()
        self.emb = nn.Embedding(vocab, dim)
        self.head = nn.Linear(dim, vocab, bias=False)
        self.head.weight = self.emb.weight
        self.apply(self._init)

        self.tok = nn.Embedding(vocab, dim)
        self.lm_head = nn.Linear(dim, vocab)
        self.tok.weight = self.lm_head.weight
        self.tie_weights()
        self.deep = nn.ModuleList([nn.Linear(dim, dim) for _ in range(2)])
        for layer in self.deep[1:]:
            layer.weight = self.deep[0].weight
        nn.init.orthogonal_(self.deep[1].weight)

    def _init(self, m):
        if isinstance(m, nn.Linear):
            nn.init.normal_(m.weight, std=0.3)
        elif isinstance(m, nn.Embedding):
            nn.init.normal_(m.weight, std=0.02)

    def get_output_embeddings(self):
        return self.lm_head

    def tie_weights(self):
        self.other = nn.Linear(16, 50)
        self.get_output_embeddings().weight = self.other.weight


def build():
    return Net()
