"""The words of the product. Knows the standard library and nothing else."""
