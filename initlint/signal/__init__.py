"""Signal propagation and data flow: from a model graph to the facts that rules read."""
