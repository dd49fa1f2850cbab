"""Predicted beside measured signal, layer by layer, on live models."""
