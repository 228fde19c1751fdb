"""The reference names what the code has."""

from __future__ import annotations

from pathlib import Path
import re

import elqkit.eloqua
from elqkit.mock import FAULTS
from elqkit.output.codes import CODES
from elqkit.settings import VARIABLES

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docs/reference/eloqua.md").read_text(encoding="utf-8")


def test_every_code_is_in_the_reference() -> None:
    """And none that no longer exists."""
    folder = Path(elqkit.eloqua.__file__).parent
    own = folder.parent
    files = [*folder.glob("*.py"), *(own / "autosubmit").glob("*.py"), own / "errors.py"]
    code = " ".join(path.read_text(encoding="utf-8") for path in files)
    used = set(re.findall(r'"(eloqua\.[a-z-]+)"', code))
    told = set(re.findall(r"`(eloqua\.[a-z-]+)`", TEXT)) - {"eloqua.site"}
    assert told == used


def test_every_fault_is_in_the_reference() -> None:
    """With the words of the command's help."""
    rows = re.findall(r"^\| `([a-z-]+)` \| (.*) \|$", TEXT, re.MULTILINE)
    assert [row for row in rows if row[0] in FAULTS] == list(FAULTS.items())


def test_everything_public_of_the_client_is_there() -> None:
    """`__all__` is sorted and names what exists."""
    names = elqkit.eloqua.__all__
    assert sorted(names) == names
    assert all(hasattr(elqkit.eloqua, name) for name in names)


def test_every_setting_is_in_the_reference() -> None:
    """With what it is without one, and the words of the command's help."""
    rows = re.findall(r"^\| `(ELQKIT_[A-Z_]+)` \| (.*?) \| (.*) \|$", TEXT, re.MULTILINE)
    assert rows == [(each.name, each.default or "-", each.help) for each in VARIABLES]


def test_every_code_has_its_sentence() -> None:
    """What the client, a run or a form can say is said in words, and no sentence is left over."""
    used = set(re.findall(r"`(eloqua\.[a-z-]+)`", TEXT)) - {"eloqua.spam", "eloqua.site"}
    assert used | {"eloqua.spam"} == {code for code in CODES if code.startswith("eloqua.")}
    assert all(words.message.endswith(".") for words in CODES.values())
