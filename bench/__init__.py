"""Measurements of a running Gitu against its goals: ``make bench`` writes docs/benchmarks.md and build/bench.json."""
