"""Loopback HTTP servers that speak the model providers' published protocols, scriptable per test.

They really stream and really call tools: a test (a benchmark, a developer) decides what the model says,
the wire format is the provider's.
"""
