"""The maths of classification losses on NumPy arrays and frozen values: no files, no Qt."""
