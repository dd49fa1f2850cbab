"""From bytes to ``code`` and back to bytes; its part ``newer`` is the only package that imports libcst."""
