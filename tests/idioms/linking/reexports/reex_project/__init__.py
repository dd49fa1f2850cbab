from .model import build
from .nets import *
from .nets import Encoder as TheEncoder
