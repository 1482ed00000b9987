"""How a bench is repeated, and how what benches print becomes docs/benchmarks.md."""
