"""Benchmarks: how the engine compares with the best other tools, side by side. Never part of the tests."""
