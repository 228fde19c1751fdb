"""The reader is compiled where that can be done, and it never stands between a person and it."""

from importlib.util import module_from_spec, spec_from_file_location
import os
from pathlib import Path
import shutil
import subprocess
import sys
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
SETTING = "SAFELIGHT_COMPILE"


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


def test_needs_a_compiler_only_where_one_works(
    tool: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build asks for mypyc where there is a C compiler for its libraries, and for no more."""
    monkeypatch.delenv(SETTING, raising=False)
    monkeypatch.setattr(tool, "has_compiler", lambda: True)
    assert hook(tool, ROOT).dependencies() == tool.NEEDS
    monkeypatch.setattr(tool, "has_compiler", lambda: False)
    assert hook(tool, ROOT).dependencies() == []


def test_finds_no_compiler_that_is_not_there(
    tool: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The compiler is looked for where `CC` says."""
    monkeypatch.setenv("CC", "no-such-compiler -O2")
    assert not tool.has_compiler()


@pytest.mark.parametrize(("setting", "version"), [("0", "standard"), ("1", "editable")])
def test_leaves_a_wheel_pure(
    tool: ModuleType, monkeypatch: pytest.MonkeyPatch, setting: str, version: str
) -> None:
    """Nothing is compiled against one's will, nor for a checkout that is installed in place."""
    monkeypatch.setenv(SETTING, setting)
    monkeypatch.setattr(tool, "compiled", lambda *_: pytest.fail("compiled"))
    build = {"pure_python": True}
    hook(tool, ROOT).initialize(version, build)
    assert build == {"pure_python": True}


def test_says_that_there_is_no_compiler(
    tool: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Who could have it faster reads how, and has it all the same."""
    monkeypatch.setattr(tool, "has_compiler", lambda: False)
    assert tool.compiled(ROOT / "src", tmp_path) == []
    assert "`make compile` compiles it" in capsys.readouterr().err


def test_makes_the_pure_wheel_where_compiling_fails(
    tool: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A compiler that does not work is told of, and nothing of it goes into the wheel."""
    (tmp_path / "src" / "mapy").mkdir(parents=True)
    monkeypatch.delenv(SETTING, raising=False)
    monkeypatch.setattr(tool, "has_compiler", lambda: True)
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
    monkeypatch.delenv(SETTING, raising=False)
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


def test_puts_the_libraries_beside_their_sources(
    tool: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In a checkout the new libraries take the place of the old; asked not to, they only go."""
    old, new = Path("mapy", "old.so"), Path("mapy", "new.so")
    (tmp_path / "mapy").mkdir()
    (tmp_path / old).touch()

    def compiled(_src: Path, scratch: Path) -> list[Path]:
        (scratch / "mapy").mkdir()
        (scratch / new).touch()
        return [new]

    monkeypatch.setattr(tool, "compiled", compiled)
    tool.compile_beside(tmp_path)
    assert list(tmp_path.rglob("*.so")) == [tmp_path / new]
    tool.remove(tmp_path)
    assert list(tmp_path.rglob("*.so")) == []


def test_tests_nothing_that_is_older_than_its_source(tmp_path: Path) -> None:
    """A library whose source was edited since would be what runs: the tests do not start."""
    tests = tmp_path / "tests"
    tests.mkdir()
    shutil.copy(ROOT / "tests" / "conftest.py", tests)
    package = tmp_path / "src" / "mapy"
    package.mkdir(parents=True)
    library, source = package / "tag.cpython-313.so", package / "tag.py"
    library.touch()
    source.touch()
    os.utime(library, (1, 1))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:randomly", str(tests)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "mapy/tag.py was edited after it was compiled" in done.stderr
