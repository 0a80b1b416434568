"""The parts of `make bench`; scripts/bench.py calls them and docs/benchmarks.md explains them."""
