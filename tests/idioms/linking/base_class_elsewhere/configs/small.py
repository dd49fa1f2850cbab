from dataclasses import dataclass

from configs.defaults import Defaults


@dataclass
class Small(Defaults):
    width: int = 20
