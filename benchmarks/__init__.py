"""How long initlint takes, and how much memory, beside other linters: ``python -m benchmarks.peers``."""
