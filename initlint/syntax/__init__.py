"""From bytes to ``code`` and back to bytes: the only package that imports libcst."""
