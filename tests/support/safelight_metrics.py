"""Metrics in tests: they count for the whole process, so a test looks at what it added."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from safelight.observe.metrics import REGISTRY

if TYPE_CHECKING:
    from collections.abc import Iterator

Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def samples() -> Samples:
    """Every number, by its name and its sorted labels."""
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for metric in REGISTRY.collect()
        for sample in metric.samples
    }


class Added:
    """What a block of code added to the numbers."""

    def __init__(self) -> None:
        self._before = samples()
        self._after: Samples = {}

    def end(self) -> None:
        """Look again."""
        self._after = samples()

    def __call__(self, name: str, **labels: str) -> float:
        """How much was added to one number."""
        key = name, tuple(sorted(labels.items()))
        return self._after.get(key, 0) - self._before.get(key, 0)


@contextmanager
def added() -> Iterator[Added]:
    """Look at the numbers before and after a block."""
    found = Added()
    yield found
    found.end()
