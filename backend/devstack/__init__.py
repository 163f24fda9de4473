"""PostgreSQL, Valkey, nginx and the programs as local processes, no Docker needed.

`make run`, `make dev` and `make test` use it; tests may start a `Stack` of their own
and stop, kill or freeze its parts.
"""
