"""The width is an argument."""

import json
import tempfile
from pathlib import Path

import torch
from torch import nn

SIZES = Path(tempfile.gettempdir()) / "initlint-sizes.json"


class Classifier(nn.Module):
    def __init__(self, hidden):
        super().__init__()
        self.hidden = nn.Linear(20, hidden)
        self.scores = nn.Linear(hidden, 10)

    def forward(self, x):
        return self.scores(torch.relu(self.hidden(x)))


def example():
    """Build and run."""
    SIZES.write_text(json.dumps({"hidden": 30}))
    model = Classifier(json.loads(SIZES.read_text())["hidden"])
    return model, model(torch.randn(4, 20))
