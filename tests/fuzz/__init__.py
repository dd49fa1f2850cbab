"""Mutated files: whatever they hold, the analysis ends quickly and well."""
