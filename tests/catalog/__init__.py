"""The catalogue against the installed torch."""
