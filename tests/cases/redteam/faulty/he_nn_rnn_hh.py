"""nn.RNN (tanh) whose recurrent matrix is drawn with Kaiming's ReLU gain."""

import torch
import torch.nn as nn


class SequenceTagger(nn.Module):
    def __init__(self, vocab_size=500, embed_dim=64, hidden_dim=256, tags=9):
        super().__init__()
        self.word_embeds = nn.Embedding(vocab_size, embed_dim)
        self.word_embeds.weight.data.uniform_(-0.1, 0.1)
        self.rnn = nn.RNN(embed_dim, hidden_dim, num_layers=1, batch_first=True)
        self.hidden2tag = nn.Linear(hidden_dim, tags)
        self._reset()

    def _reset(self):
        for name, param in self.rnn.named_parameters():
            if "weight_hh" in name:
                nn.init.kaiming_normal_(param)  # expect: he-before-saturating
            elif "bias" in name:
                nn.init.zeros_(param)

    def forward(self, sentence):
        out, _ = self.rnn(self.word_embeds(sentence))
        return self.hidden2tag(out)


def example():
    return SequenceTagger()(torch.randint(0, 500, (2, 12)))
