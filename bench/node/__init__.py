"""Measures the inference node: ``python -m bench.node``."""
