"""An activation is looked up by its name in a dict, of classes, of instances, in a ModuleDict, or by ifs."""

import torch.nn as nn
import torch.nn.functional as F

ACT2FN = {"relu": nn.ReLU, "gelu": nn.GELU, "swish": nn.SiLU, "lrelu": lambda: nn.LeakyReLU(0.2)}


def get_activation(name):
    if name is None or name == "linear":
        return nn.Identity()
    elif name == "prelu":
        return nn.PReLU(8)
    elif name in ACT2FN:
        return ACT2FN[name]()
    raise ValueError(f"unknown activation {name}")


def activation_func(activation):
    return nn.ModuleDict([["relu", nn.ReLU(inplace=True)], ["selu", nn.SELU()], ["prelu", nn.PReLU()]])[activation]


class Net(nn.Module):
    def __init__(self, act="prelu", hidden_act="gelu"):
        super().__init__()
        self.fc = nn.Linear(8, 8)
        self.act = get_activation(act)
        self.hidden = ACT2FN[hidden_act]()
        self.other = activation_func("prelu")
        self.leaky = ACT2FN.get("lrelu", nn.ReLU)()
        self.fn = {"relu": F.relu, "tanh": F.tanh}["relu"]
        gain = nn.init.calculate_gain({"gelu": "relu"}.get(hidden_act, hidden_act))
        nn.init.xavier_normal_(self.fc.weight, gain)

    def forward(self, x):
        return self.fn(self.other(self.hidden(self.act(self.fc(x)))))


def build():
    return Net()
