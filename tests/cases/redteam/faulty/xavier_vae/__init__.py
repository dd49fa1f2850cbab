"""A variational auto-encoder in three files: layers, model, training."""
