"""Models looked up by name from a config; init by name, too."""
