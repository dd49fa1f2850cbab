"""A multilayer perceptron with every parameter at 0.01."""

import argparse

import torch
import torch.nn as nn


class MLP(nn.Module):
    def __init__(self, input_size, hidden_size, num_classes):
        super(MLP, self).__init__()
        self.fc1 = nn.Linear(input_size, hidden_size)
        self.relu = nn.ReLU()
        self.fc2 = nn.Linear(hidden_size, hidden_size)
        self.fc3 = nn.Linear(hidden_size, num_classes)

    def forward(self, x):
        out = self.relu(self.fc1(x))
        out = self.relu(self.fc2(out))
        return self.fc3(out)


def parse_args(argv=None):
    parser = argparse.ArgumentParser()
    parser.add_argument("--input-size", type=int, default=784)
    parser.add_argument("--hidden-size", type=int, default=500)
    parser.add_argument("--num-classes", type=int, default=10)
    return parser.parse_args(argv)


def main(argv=None):
    args = parse_args(argv)
    model = MLP(args.input_size, args.hidden_size, args.num_classes)
    for p in model.parameters():
        nn.init.constant_(p, 0.01)  # expect: constant-weight-init
    return model


def example():
    return main([])(torch.randn(3, 784))


if __name__ == "__main__":
    main()
