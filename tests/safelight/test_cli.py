"""The command line: what it says, and the exit codes 0 done, 1 refusal, 2 usage."""

from __future__ import annotations

import socket
import subprocess
import sys
from typing import TYPE_CHECKING

from click.testing import CliRunner, Result
import pytest

from safelight import __version__
from safelight.cli import main

if TYPE_CHECKING:
    from pathlib import Path

KEY = "kP3-zV9_qL7xT1wB5nM8rC2yH6dJ4fGa"


def run(*arguments: str, **environment: str) -> Result:
    """Run `safelight` with an environment of its own."""
    clean = dict.fromkeys(("PORT", "SECRET_KEY", "SAFELIGHT_HOST"))
    return CliRunner().invoke(main, arguments, env={**clean, **environment})


def test_version() -> None:
    """As scripts read it."""
    assert run("--version").output == f"safelight, version {__version__}\n"


def test_help_shows_examples_and_completion() -> None:
    """Both levels of it."""
    assert "_SAFELIGHT_COMPLETE=bash_source" in run("--help").output
    assert "safelight serve -a" in run("serve", "--help").output


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7"])  # noqa: S104
def test_any_other_address_is_refused_with_the_reasons_and_a_way(host: str) -> None:
    """There is no way round, not by option, not by variable; all that lacks is said at once."""
    for result in (run("serve", "-b", host), run("serve", SAFELIGHT_HOST=host)):
        assert result.exit_code == 1
        for lack in ("SECRET_KEY", "safelight users add", "SSH tunnel"):
            assert lack in result.output


def test_an_address_that_is_a_name_is_refused() -> None:
    """What it stands for today may be another machine's tomorrow."""
    result = run("serve", "-b", "example.com")
    assert (result.exit_code, "Write an IP address" in result.output) == (1, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ("serve", "-c", "cert.pem"),
        ("serve", "-k", "key.pem"),
        ("serve", "-a", "-c", "cert.pem", "-k", "key.pem"),
        ("serve", "-p", "99999"),
        ("serve", "-x"),
        ("unknown",),
    ],
)
def test_wrong_usage_is_2(arguments: tuple[str, ...]) -> None:
    """With a usage line."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Usage:" in result.output


def test_a_taken_port_is_said() -> None:
    """With what to do, and before the server would share it with the other program."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        result = run("serve", "-p", port)
    assert (result.exit_code, f"Port {port} on 127.0.0.1" in result.output) == (1, True)
    assert "Choose another with -p" in result.output


def test_an_unreadable_certificate_is_said(tmp_path: Path) -> None:
    """By its path."""
    path = str(tmp_path / "none.pem")
    result = run("serve", "-c", path, "-k", path)
    assert (result.exit_code, path in result.output) == (1, True)


def test_a_bad_setting_is_said() -> None:
    """Each on its own line, and without its value."""
    result = run("serve", SECRET_KEY="changeme", SAFELIGHT_THREADS="x")
    assert result.exit_code == 1
    assert len(result.output.splitlines()) == 2
    assert "changeme" not in result.output


def test_print_config_shows_all_with_secrets_masked_and_origins(tmp_path: Path) -> None:
    """What the server would run with."""
    path = tmp_path / "test.env"
    path.write_text("SAFELIGHT_THREADS=3\n")
    result = run("serve", "--print-config", "--env-file", str(path), "-p", "9000", SECRET_KEY=KEY)
    lines = {line.split()[0]: " ".join(line.split()[1:]) for line in result.stdout.splitlines()}
    assert result.exit_code == 0
    assert lines["SECRET_KEY"] == "******** (environment)"
    assert lines["PORT"] == "9000 (-p)"
    assert lines["SAFELIGHT_THREADS"] == f"3 ({path})"
    assert lines["SAFELIGHT_RATE_LIMITS"] == "on (default)"
    assert KEY not in result.output


def test_print_config_names_what_has_no_effect() -> None:
    """The nearest name is most often the one that was meant."""
    result = run("serve", "--print-config", SAFELIGHT_RATE_LIMIT="off")
    assert "Did you mean SAFELIGHT_RATE_LIMITS?" in result.stderr


def test_a_missing_env_file_is_said() -> None:
    """Rather than started without."""
    assert run("serve", "--env-file", "/nothing/here.env").exit_code == 1


def test_help_needs_no_web_framework() -> None:
    """What takes long to load is loaded by the command that serves."""
    program = "import safelight.cli, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()
    assert set(loaded) & {"flask", "werkzeug", "granian", "structlog", "redis", "argon2"} == set()
