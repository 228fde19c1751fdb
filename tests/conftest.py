"""Before any test: what runs is what is written here."""

from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[1] / "src"


def pytest_sessionstart() -> None:
    """Refuse to test libraries that are older than their sources.

    Raises:
        pytest.UsageError: A source was edited after it was compiled.
    """
    for library in SOURCES.rglob("*.so"):
        source = library.with_name(library.name.partition(".")[0] + ".py")
        if source.is_file() and source.stat().st_mtime > library.stat().st_mtime:
            raise pytest.UsageError(
                f"{source.relative_to(SOURCES)} was edited after it was compiled, and would not be "
                "what runs. `make compile` compiles it again, `make pure` takes the libraries away."
            )
