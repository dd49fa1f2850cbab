"""Depth and width from argparse."""

import argparse

import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, args):
        super().__init__()
        layers = []
        n_in = args.input_dim
        for _ in range(args.num_layers):
            layers.append(nn.Linear(n_in, args.hidden))  # expect: default-init-deep-relu
            layers.append(nn.ReLU())
            n_in = args.hidden
        self.backbone = nn.Sequential(*layers)
        self.classifier = nn.Linear(args.hidden, args.classes)

    def forward(self, x):
        return self.classifier(self.backbone(x))


def get_args(argv=None):
    p = argparse.ArgumentParser(description="tabular baseline")
    p.add_argument("--input_dim", default=54, type=int)
    p.add_argument("--hidden", default=256, type=int)
    p.add_argument("--num_layers", default=14, type=int)
    p.add_argument("--classes", default=7, type=int)
    return p.parse_args(argv)


def main(argv=None):
    args = get_args(argv)
    model = Net(args)
    return model


def example():
    return main([])(torch.randn(3, 54))


if __name__ == "__main__":
    main()
