"""A plain convolutional regressor whose norm is switched off by default."""
