"""A CRF with empty transition scores drawn by a reset; forbidden transitions set by hand."""

import torch
import torch.nn as nn

START, STOP = 0, 1


class CRF(nn.Module):
    def __init__(self, num_tags):
        super().__init__()
        self.num_tags = num_tags
        self.start_transitions = nn.Parameter(torch.empty(num_tags))
        self.end_transitions = nn.Parameter(torch.empty(num_tags))
        self.transitions = nn.Parameter(torch.empty(num_tags, num_tags))
        self.reset_parameters()

    def reset_parameters(self):
        for t in (self.start_transitions, self.end_transitions, self.transitions):
            nn.init.uniform_(t, -0.1, 0.1)
        self.transitions.data[START, :] = -10000.0
        self.transitions.data[:, STOP] = -10000.0

    def forward(self, emissions):
        score = self.start_transitions + emissions[:, 0]
        for i in range(1, emissions.size(1)):
            score = torch.logsumexp(score.unsqueeze(2) + self.transitions + emissions[:, i].unsqueeze(1), dim=1)
        return torch.logsumexp(score + self.end_transitions, dim=1)


class BiLSTM_CRF(nn.Module):
    def __init__(self, vocab=200, tags=6, emb=16, hidden=32):
        super().__init__()
        self.word_embeds = nn.Embedding(vocab, emb)
        self.lstm = nn.LSTM(emb, hidden // 2, bidirectional=True, batch_first=True)
        self.hidden2tag = nn.Linear(hidden, tags)
        self.crf = CRF(tags)

    def forward(self, sentence):
        return self.crf(self.hidden2tag(self.lstm(self.word_embeds(sentence))[0]))


def example():
    return BiLSTM_CRF()(torch.randint(0, 200, (4, 6)))
