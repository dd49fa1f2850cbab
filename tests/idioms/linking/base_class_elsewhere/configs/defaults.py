from dataclasses import dataclass


@dataclass
class Defaults:
    depth: int = 2
    width: int = 64
    std: float = 0.03
