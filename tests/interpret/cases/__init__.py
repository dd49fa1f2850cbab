"""Sources of the golden tests."""
