"""Benchmarks on the real server and both databases: `make bench`, or `python -m tests.benchmarks`."""
