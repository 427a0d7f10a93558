"""Benchmarks: how fast and how big Langelis is beside stock Rasa; `python -m tests.benchmarks` runs them."""
