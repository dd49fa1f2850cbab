"""An init function that train.py imports and does not use."""
