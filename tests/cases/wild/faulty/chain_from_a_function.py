"""A function that builds the whole model, and a test of names that none of its layers meets."""

from torch import nn


def init_weights(m):
    if m.__class__.__name__ == "linear":  # expect: init-has-no-effect
        nn.init.normal_(m.weight, std=0.01)


def get_net(num_inputs=64):
    net = nn.Sequential(nn.Linear(num_inputs, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 1))
    net.apply(init_weights)
    return net


if __name__ == "__main__":
    net = get_net()
