"""The rules of the house, held by tests instead of memory."""

from __future__ import annotations

import ast
from pathlib import Path
import re
import subprocess
import sys

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"
MODULES = sorted(SOURCE.rglob("*.py"))
TEMPLATES = sorted(SOURCE.rglob("*.html"))
MODULE_LINES, TABLE_LINES, FUNCTION_LINES = 400, 900, 50
NETWORK = {"ftplib", "http", "httpx2", "imaplib", "smtplib", "socket", "ssl", "urllib", "xmlrpc"}
PAIRED_SOCKETS = {"socketpair", "send_fds", "recv_fds", "socket fileno"}
"""Calls that open no connection: pairs, and their ends handed over."""


def name_of(path: Path) -> str:
    """The path below the source folder, for the name of a test."""
    return path.relative_to(SOURCE).as_posix()


def tree(path: Path) -> ast.Module:
    """The syntax of a module."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> set[str]:
    """The top-level names of what a module imports."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def socket_calls(path: Path) -> set[str]:
    """What a module calls of `socket`, with the names of the arguments that are given by name."""
    return {
        " ".join([node.func.attr, *(word.arg or "**" for word in node.keywords)])
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "socket"
    }


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_stays_small(path: Path) -> None:
    """No module passes 400 lines; a table of tags may have 900."""
    limit = TABLE_LINES if "tags" in path.parts else MODULE_LINES
    assert len(path.read_text(encoding="utf-8").splitlines()) <= limit


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_function_stays_small(path: Path) -> None:
    """No function passes 50 lines."""
    long = [
        node.name
        for node in ast.walk(tree(path))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and (node.end_lineno or 0) - node.lineno >= FUNCTION_LINES
        and not any(isinstance(inner, ast.FunctionDef) for inner in node.body)
    ]
    assert long == []


@pytest.mark.parametrize("path", [path for path in MODULES if "mapy" in path.parts], ids=name_of)
def test_mapy_cannot_reach_a_network(path: Path) -> None:
    """No module of MAPy imports what could open a connection.

    Those that talk to the decoder's process have pairs of sockets, which lead nowhere else.
    """
    reach = imports(path) & NETWORK
    if "decoding" in path.parts and reach == {"socket"}:
        assert socket_calls(path) <= PAIRED_SOCKETS
    else:
        assert reach == set()


@pytest.mark.parametrize("package", ["mapy", "elqkit"])
def test_a_core_needs_the_standard_library_only(package: str) -> None:
    """Importing a core works where nothing is installed."""
    code = f"import sys; sys.path.insert(0, {str(SOURCE)!r}); import {package}"
    subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True)


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_holds_nothing_inline_and_trusts_nothing(path: Path) -> None:
    """No inline script, style or handler, and no value that skips escaping."""
    text = path.read_text(encoding="utf-8")
    inline = re.findall(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=", text)
    assert inline == []
    assert "|safe" not in text.replace(" ", "")
    assert "autoescape" not in text


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_loads_nothing_foreign(path: Path) -> None:
    """Whatever a page loads comes from its own server."""
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"""(?:src|srcset|<link[^>]*href)=["']?(?:https?:)?//""", text) == []


@pytest.mark.parametrize(
    "path", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda p: p.name
)
def test_a_lock_file_pins_by_hash_and_names_no_address(path: Path) -> None:
    """Each package has a version and hashes; where it comes from is the machine's business."""
    text = path.read_text(encoding="utf-8")
    pins = re.findall(r"^[a-z0-9][^\n]*==[^\n]*\\\n    --hash=sha256:", text, re.MULTILINE)
    assert len(pins) == len(re.findall(r"^[a-z0-9]", text, re.MULTILINE))
    assert "://" not in text
