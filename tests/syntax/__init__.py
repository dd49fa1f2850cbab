"""Tests of initlint.syntax."""
