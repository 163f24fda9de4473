"""The compose stack on a real Docker: `make compose-test`. Not part of `make test`."""
