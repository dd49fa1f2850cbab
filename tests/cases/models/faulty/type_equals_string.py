import torch
import torch.nn as nn


def init_weights(m):
    if type(m) == "Linear":  # expect: init-has-no-effect
        nn.init.xavier_uniform_(m.weight)
        m.bias.data.fill_(0.01)


net = nn.Sequential(nn.Linear(20, 256), nn.Tanh(), nn.Linear(256, 2))
net.apply(init_weights)
