"""Measures the models' gateway beside others: ``python -m bench.gateway``."""
