"""Compiling is asked for, and never stands between a person and a wheel."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
ASKED_BY = "SAFELIGHT_COMPILE"


@pytest.fixture(name="tool")
def _tool() -> ModuleType:
    spec = spec_from_file_location("compile_tool", ROOT / "tools" / "compile.py")
    assert spec is not None
    assert spec.loader is not None
    tool = module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


def hook(tool: ModuleType, folder: Path):  # type: ignore[no-untyped-def] # noqa: ANN201 - of a module that is loaded by its path
    """The build hook, for a checkout in a folder."""
    return tool.CompileHook(str(folder), {}, None, None, str(folder), "wheel")


def test_names_modules_that_are_there(tool: ModuleType) -> None:
    """The table has each module once, and none that was moved."""
    assert sorted(set(tool.MODULES)) == list(tool.MODULES)
    assert [each for each in tool.MODULES if not (ROOT / "src" / each).is_file()] == []


def test_asks_for_nothing_unless_asked(tool: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plain build needs no compiler, and an asked one says what it needs."""
    monkeypatch.delenv(ASKED_BY, raising=False)
    assert hook(tool, ROOT).dependencies() == []
    monkeypatch.setenv(ASKED_BY, "1")
    assert hook(tool, ROOT).dependencies() == tool.NEEDS


@pytest.mark.parametrize(("asked", "version"), [("", "standard"), ("1", "editable")])
def test_leaves_a_wheel_pure(
    tool: ModuleType, monkeypatch: pytest.MonkeyPatch, asked: str, version: str
) -> None:
    """Nothing is compiled without being asked, nor for a checkout that is installed in place."""
    monkeypatch.setenv(ASKED_BY, asked)
    monkeypatch.setattr(tool, "compiled", lambda *_: pytest.fail("compiled"))
    build = {"pure_python": True}
    hook(tool, ROOT).initialize(version, build)
    assert build == {"pure_python": True}


def test_makes_the_pure_wheel_where_compiling_fails(
    tool: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A compiler that does not work is told of, and nothing of it goes into the wheel."""
    (tmp_path / "src" / "mapy").mkdir(parents=True)
    monkeypatch.setenv(ASKED_BY, "1")
    build = {"pure_python": True}
    made = hook(tool, tmp_path)
    made.initialize("standard", build)
    made.finalize()
    assert build == {"pure_python": True}
    assert "stays pure Python" in capsys.readouterr().err
    assert not made.scratch.exists()


def test_puts_what_was_compiled_beside_its_source(
    tool: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wheel gets the libraries at the places of their modules, and the tags of its platform."""
    library = Path("mapy", "model.so")
    monkeypatch.setenv(ASKED_BY, "1")
    monkeypatch.setattr(tool, "compiled", lambda *_: [library])
    build: dict[str, object] = {"pure_python": True, "force_include": {}}
    made = hook(tool, ROOT)
    made.initialize("standard", build)
    made.finalize()
    assert build == {
        "pure_python": False,
        "infer_tag": True,
        "force_include": {str(made.scratch / library): str(library)},
    }
