"""Benchmarks: `python -m bench <name>`, or `script/bench <name>`."""
