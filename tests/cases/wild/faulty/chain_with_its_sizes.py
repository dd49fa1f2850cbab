"""A function makes a chain of the sizes that the training script gives it."""

import torch
from torch import nn


def make_mlp(sizes, activation=nn.ReLU):
    layers = []
    for number, (before, after) in enumerate(zip(sizes[:-1], sizes[1:])):
        layers.append(nn.Linear(before, after))  # expect: default-init-deep-relu
        if number < len(sizes) - 2:
            layers.append(activation())
    return nn.Sequential(*layers)


def main():
    device = "cuda" if torch.cuda.is_available() else "cpu"
    net = make_mlp([784] + [256] * 12 + [10]).to(device)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for images, labels in []:
        loss = nn.functional.cross_entropy(net(images.to(device)), labels.to(device))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


if __name__ == "__main__":
    main()
