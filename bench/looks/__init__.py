"""Gazettes of random looks with their truth: `python -m bench.looks --help`."""
