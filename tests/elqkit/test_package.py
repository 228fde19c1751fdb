"""The public face of the library."""

from __future__ import annotations

import subprocess
import sys

import elqkit


def test_everything_public_is_there() -> None:
    """`__all__` is sorted and names what exists."""
    assert sorted(elqkit.__all__) == elqkit.__all__
    assert all(hasattr(elqkit, name) for name in elqkit.__all__)


def test_the_library_needs_the_standard_library_only() -> None:
    """No web code, no workbench, nothing installed."""
    program = (
        "import sys, elqkit\n"
        "own = {'elqkit', '__main__'} | set(sys.stdlib_module_names)\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules} - own))"
    )
    isolated = [
        sys.executable,
        "-I",
        "-S",
        "-c",
        f"import sys; sys.path.append(sys.argv[1])\n{program}",
    ]
    folder = elqkit.__file__.rpartition("/elqkit/")[0]
    found = subprocess.run([*isolated, folder], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_errors_have_one_root() -> None:
    """A caller catches one name."""
    assert issubclass(elqkit.UnreadableTable, elqkit.ElqError)
