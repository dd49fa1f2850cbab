"""Syntax newer than the running Python, read with libcst. Nothing outside of this package imports libcst."""
