"""Live models with a known fault, and healthy ones that a naive check takes for faulty."""
