"""A zero-initialised output convolution wiped by the training script."""
