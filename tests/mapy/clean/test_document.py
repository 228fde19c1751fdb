"""The document on clean copies says what the commands do."""

from __future__ import annotations

import doctest
from pathlib import Path
import re
import shlex
import shutil

from click.testing import CliRunner
import pytest

from mapy.clean.policy import policy_of
from mapy.cli import main

ROOT = Path(__file__).parents[3]
DOCUMENT = (ROOT / "docs/how-to/clean-and-verify.md").read_text(encoding="utf-8")
SAMPLE = "src/mapy/web/sample/photo.jpg"


def test_the_commands_print_what_stands_below_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One after the other, as a person would; three dots stand for what may change."""
    (tmp_path / SAMPLE).parent.mkdir(parents=True)
    shutil.copy(ROOT / SAMPLE, tmp_path / SAMPLE)
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(
        r"^```console\n\$ mapy (.*?)\n(.*?)^```", DOCUMENT, re.MULTILINE | re.DOTALL
    )
    checker = doctest.OutputChecker()

    assert len(blocks) == 6
    for command, expected in blocks:
        result = CliRunner().invoke(main, shlex.split(command))
        assert checker.check_output(expected, result.output, doctest.ELLIPSIS), result.output


@pytest.mark.parametrize("command", re.findall(r"`mapy clean (.*?) photo\.jpg`", DOCUMENT))
def test_the_commands_of_the_table_are_understood(command: str) -> None:
    """Each option and each of its words."""
    names = dict(zip(*[iter(shlex.split(command))] * 2, strict=True))
    assert policy_of(**{option.removeprefix("--"): value for option, value in names.items()})
