"""Stacks with more parts than one of each: each module has its own `running_stack`."""

from tests.stack.conftest import person, stack

__all__ = ["person", "stack"]
