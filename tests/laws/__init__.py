"""Laws of the whole analysis, on random programs and on changed ones."""
