"""Classes that misbehave, each in its own way."""

from __future__ import annotations

import os
import socket
import sys
import time
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn


class Good(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.fc = nn.Linear(8, 8)

    def forward(self, x: torch.Tensor) -> Any:
        return self.fc(x)


class Raises(Good):
    def __init__(self) -> None:
        super().__init__()
        raise ValueError("no such\nthing")

    forward = Good.forward


class Hangs(Good):
    def forward(self, x: torch.Tensor) -> Any:
        time.sleep(1000)


class Forks(Good):
    def __init__(self) -> None:
        super().__init__()
        os.fork()

    forward = Good.forward


class Exits(Good):
    def __init__(self) -> None:
        super().__init__()
        sys.exit("enough")

    forward = Good.forward


class Leaves(Good):
    def forward(self, x: torch.Tensor) -> Any:
        os._exit(3)


class Prints(Good):
    def __init__(self) -> None:
        super().__init__()
        print("x" * 5_000_000)
        sys.stderr.write("y" * 5_000_000)

    forward = Good.forward


class Dies(Good):
    def __init__(self) -> None:
        super().__init__()
        import ctypes

        sys.stderr.write("x" * 5000)
        ctypes.string_at(0)

    forward = Good.forward


class NeedsCuda(Good):
    def __init__(self) -> None:
        super().__init__()
        self.fc.cuda()

    forward = Good.forward


class Downloads(Good):
    def __init__(self) -> None:
        super().__init__()
        socket.create_connection(("127.0.0.1", 9))

    forward = Good.forward


class ReturnsNone(Good):
    def forward(self, x: torch.Tensor) -> Any:
        self.fc(x)


@dataclass
class Out:
    inner: Any
    label: str = ""


class Nested(Good):
    def forward(self, x: torch.Tensor) -> Any:
        return Out({"a": ((self.fc(x), None), [3])})


class Complex(Good):
    def forward(self, x: torch.Tensor) -> Any:
        return torch.fft.fft(self.fc(x))


class Whole(Good):
    def forward(self, x: torch.Tensor) -> Any:
        return self.fc(x).argmax(dim=1)


class NotANumber(Good):
    def forward(self, x: torch.Tensor) -> Any:
        return torch.log(-self.fc(x).abs())


class Hooked(Good):
    def __init__(self) -> None:
        super().__init__()
        self.fc.register_forward_hook(lambda module, given, out: out.mul_(2))

    forward = Good.forward


class Text(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.fc = nn.Linear(8, 8)

    def forward(self, words: list[str]) -> Any:
        return self.fc(torch.tensor([[float(len(word.upper()))] * 8 for word in words]))


class Empty(nn.Module):
    def forward(self, x: torch.Tensor) -> Any:
        return x * 2
