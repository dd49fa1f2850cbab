"""Small models of many kinds, written for the comparison of predicted and measured signal."""
