"""How much is tried: a short sample in every run, the long way in `make proofs`."""

import os
from typing import Any

from hypothesis import HealthCheck, settings

IS_LONG = os.environ.get("PROOFS") == "long"


def size(short: int, long: int) -> int:
    return long if IS_LONG else short


def tries(short: int, long: int, **options: Any) -> settings:
    """Hypothesis settings; the short sample is the same in every run."""
    return settings(
        max_examples=size(short, long),
        derandomize=not IS_LONG,
        database=None,
        deadline=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
        **options,
    )
