"""Mean-field propagation over the whole forward graph: one file for each family of operations, both directions."""
