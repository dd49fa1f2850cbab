"""The options of a script: `add_argument` with defaults, then `parse_args`."""

import argparse

import torch.nn as nn


def get_parser():
    parser = argparse.ArgumentParser(description="train")
    parser.add_argument("--hidden-size", type=int, default=32, help="width")
    parser.add_argument("--num_layers", default=3, type=int)
    parser.add_argument("-b", "--batch", default=8, type=int)
    parser.add_argument("--no-bias", action="store_true")
    parser.add_argument("--norm", action="store_false", dest="plain")
    parser.add_argument("--act", default="relu", choices=["relu", "tanh"])
    parser.add_argument("--init-std", default=0.02, type=float)
    group = parser.add_argument_group("data")
    group.add_argument("--classes", type=int, default=10)
    parser.set_defaults(inputs=20)
    return parser


class Net(nn.Module):
    def __init__(self, args):
        super().__init__()
        act = nn.ReLU if args.act == "relu" else nn.Tanh
        layers = []
        width = args.inputs
        for _ in range(args.num_layers):
            layers += [nn.Linear(width, args.hidden_size, bias=not args.no_bias), act()]
            if not args.plain:
                layers.append(nn.LayerNorm(args.hidden_size))
            width = args.hidden_size
        self.body = nn.Sequential(*layers)
        self.head = nn.Linear(width, args.classes)
        nn.init.normal_(self.head.weight, std=args.init_std)


def build():
    args = get_parser().parse_args([])
    return Net(args)
