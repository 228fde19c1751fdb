"""The documents on checking, comparing and outputs say what the commands do."""

from __future__ import annotations

import doctest
from pathlib import Path
import re
import shlex
import shutil
import tomllib

from click.testing import CliRunner
import pytest

from mapy.batch.folders import EXTENSIONS
from mapy.check.policy import Policy, policy_of
from mapy.cli import main
from mapy_builders import camera, exif, jpeg, tiff

ROOT = Path(__file__).parents[3]
DOCUMENTS = [
    ROOT / "docs" / name
    for name in (
        "how-to/check-in-ci.md",
        "how-to/compare-pictures.md",
        "reference/policies.md",
        "reference/outputs.md",
    )
]
SAMPLE = "src/mapy/web/sample/photo.jpg"


def blocks(language: str) -> list[str]:
    """The blocks of a language in all documents."""
    fence = re.compile(rf"^```{language}\n(.*?)^```", re.MULTILINE | re.DOTALL)
    return [block for path in DOCUMENTS for block in fence.findall(path.read_text("utf-8"))]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with what the examples name."""
    (tmp_path / SAMPLE).parent.mkdir(parents=True)
    shutil.copy(ROOT / SAMPLE, tmp_path / SAMPLE)
    (tmp_path / "press").mkdir()
    (tmp_path / "original.jpg").write_bytes(jpeg(exif(tiff(camera()))))
    (tmp_path / "pictures.toml").write_text(blocks("toml")[0], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("block", blocks("console"))
@pytest.mark.usefixtures("folder")
def test_a_command_prints_what_stands_below_it(block: str) -> None:
    """Three dots stand for what may change."""
    command, _, expected = block.partition("\n")
    program, *arguments = shlex.split(command.removeprefix("$ "))
    result = CliRunner().invoke(main, arguments)
    checker = doctest.OutputChecker()

    assert program == "mapy"
    assert result.exit_code in (0, 1)
    assert checker.check_output(expected, result.output, doctest.ELLIPSIS) or expected == "", (
        result.output
    )


@pytest.mark.parametrize("block", blocks("toml"))
def test_a_policy_can_be_used(block: str) -> None:
    """Each that is shown; its rules exist."""
    assert isinstance(policy_of(tomllib.loads(block)), Policy)


def test_the_hook_is_for_every_extension_that_mapy_knows() -> None:
    """One list in the code, its copy in the hook."""
    text = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    found = re.search(r"files: \(\?i\)\\\.\((.*?)\)\$", text)

    assert found is not None
    assert {f".{name}" for name in found[1].split("|")} == EXTENSIONS
