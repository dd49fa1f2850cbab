"""The models."""

from digits.models.autoencoder import Autoencoder
from digits.models.plain_cnn import PlainCNN
from digits.models.resnet import SmallResNet

__all__ = ["Autoencoder", "PlainCNN", "SmallResNet"]
