"""Names that a package's `__init__` hands on, by names, stars, aliases and assignments."""

import torch.nn as nn

import reex_project.nets as nets
import reex_project.nets.encoder
from reex_project import nets as other
from reex_project.nets import Decoder, make
from reex_project.nets.decoder import WIDTH


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nets.Encoder(12)
        self.b = Decoder(16, WIDTH)
        self.c = make(9)
        self.d = reex_project.nets.encoder.Encoder(other.decoder.WIDTH)


def build():
    return Net()
