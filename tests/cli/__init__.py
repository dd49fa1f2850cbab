"""Tests of everything around the analysis."""
