"""What is installed."""

import importlib.util


def has_fast():
    return importlib.util.find_spec("kernels_that_nobody_has") is not None
