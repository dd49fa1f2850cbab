"""The data that flows through the pipeline: code, values, the model graph. Imports nothing of the rest."""
