"""A small training project: two image classifiers and an autoencoder on synthetic digits."""
