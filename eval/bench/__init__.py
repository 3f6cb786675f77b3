"""Benchmarks: ``python -m eval.bench --home DIR``. Times waver, so no test asserts one."""
