"""Garbage in towers, a gate wiped by post-init, the decoder whose bias was meant."""
import torch
import torch.nn as nn


class TextTower(nn.Module):
    def __init__(self, vocab=1000, width=64, out=32, context=16):
        super().__init__()
        self.token_embedding = nn.Embedding(vocab, width)
        self.positional_embedding = nn.Parameter(torch.empty(context, width))
        self.block = nn.TransformerEncoderLayer(width, 4, 128, batch_first=True)
        self.ln_final = nn.LayerNorm(width)
        self.text_projection = nn.Parameter(torch.empty(width, out))  # expect: uninitialised-parameter
        nn.init.normal_(self.token_embedding.weight, std=0.02)
        nn.init.normal_(self.positional_embedding, std=0.01)

    def forward(self, ids):
        x = self.block(self.token_embedding(ids) + self.positional_embedding)
        return self.ln_final(x)[:, 0] @ self.text_projection


class LanguageModel(nn.Module):
    """The bias was meant in the first line of the decoder."""

    def __init__(self, ntoken=1000, ninp=64, nhid=64):
        super().__init__()
        self.encoder = nn.Embedding(ntoken, ninp)
        self.rnn = nn.LSTM(ninp, nhid)
        self.decoder = nn.Linear(nhid, ntoken)
        self.init_weights()

    def init_weights(self):
        initrange = 0.1
        nn.init.uniform_(self.encoder.weight, -initrange, initrange)
        nn.init.zeros_(self.decoder.weight)  # expect: init-overwritten
        nn.init.uniform_(self.decoder.weight, -initrange, initrange)

    def forward(self, x):
        return self.decoder(self.rnn(self.encoder(x))[0])


class GatedNet(nn.Module):
    def __init__(self, d=32):
        super().__init__()
        self.fc = nn.Linear(d, d)
        self.gate = nn.Linear(d, d)
        nn.init.zeros_(self.gate.weight)  # expect: init-overwritten
        nn.init.constant_(self.gate.bias, -3.0)  # expect: init-overwritten
        self.apply(self.init_all)

    def init_all(self, m):
        if isinstance(m, nn.Linear):
            nn.init.xavier_uniform_(m.weight)
            nn.init.zeros_(m.bias)

    def forward(self, x):
        g = torch.sigmoid(self.gate(x))
        return g * torch.tanh(self.fc(x)) + (1 - g) * x
