"""A trainer builds models from a registry and calls init_weights."""
