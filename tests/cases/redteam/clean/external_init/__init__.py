"""torch.empty parameters filled by a function of another file, called from train.py."""
