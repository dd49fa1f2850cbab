from . import decoder
from .decoder import Decoder
from .encoder import Encoder, _make

__all__ = ["Encoder", "Decoder", "make"]
make = _make
