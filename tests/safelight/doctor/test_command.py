"""`safelight doctor`: what it prints, its exit codes, and the bundle without people in it."""

from __future__ import annotations

from io import BytesIO
import json
from pathlib import Path
import re
from typing import TYPE_CHECKING, Any
import zipfile

from click.testing import CliRunner, Result
import pytest

from safelight import tool_loading
from safelight.cli import main
from safelight.doctor.looking import machine
from safelight.doctor.patient import Machine
from safelight_patients import KEY
from safelight_server import free_port, running
from toy_tool import tool as toy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safelight_server import Running

MANUAL = Path(__file__).parents[3] / "docs" / "how-to" / "doctor.md"
CLEAN = ("PORT", "REDIS_URL", "SAFELIGHT_HOST", "SECRET_KEY", "FLASK_DEBUG")


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine that tests run on is none that serves."""
    monkeypatch.setattr(machine, "look", lambda: Machine(is_linux=False))
    monkeypatch.setattr(tool_loading, "installed_tools", lambda: tool_loading.Tools((toy,)))


@pytest.fixture(name="there", scope="module")
def _there() -> Iterator[Running]:
    with running("-a") as found:
        yield found


def run(*arguments: str, **environment: str) -> Result:
    """Run it with an environment of its own."""
    clean: dict[str, str | None] = dict.fromkeys(CLEAN)
    return CliRunner().invoke(main, ["doctor", *arguments], env={**clean, **environment})


def test_a_server_that_is_well_ends_with_0(there: Running) -> None:
    """It finds out by itself that a server on this machine speaks TLS."""
    result = run(PORT=str(there.port))
    assert result.output.splitlines()[-1].startswith("All is well: ")
    assert f"https://127.0.0.1:{there.port} answers." in result.output
    assert result.exit_code == 0


def test_a_shortfall_ends_with_1_and_says_its_mend() -> None:
    """Here nothing runs."""
    result = run(PORT=str(free_port()))
    assert "SHORT  server.answers" in result.output
    assert "Start it, or name its address" in result.output
    assert result.exit_code == 1


def test_json_has_every_check(there: Running) -> None:
    """For scripts."""
    result = run("--json", f"https://127.0.0.1:{there.port}", SAFELIGHT_LOG_LEVEL="debug")
    said: dict[str, Any] = json.loads(result.stdout)
    states = {check["name"]: check["state"] for check in said["checks"]}
    assert (said["ok"], result.exit_code) == (False, 1)
    assert states["settings.log-level"] == "short"
    assert states["replies.headers"] == "ok"
    assert set(said["checks"][0]) == {"name", "title", "state", "found", "mend"}


def test_settings_that_no_server_could_start_with_are_said() -> None:
    """Each, and without its value."""
    result = run(SECRET_KEY="changeme", SAFELIGHT_THREADS="x")
    assert result.exit_code == 1
    assert "SECRET_KEY" in result.output
    assert "changeme" not in result.output
    as_json = run("--json", SECRET_KEY="changeme")
    assert json.loads(as_json.stdout)["ok"] is False
    assert as_json.exit_code == 1


def test_an_env_file_is_looked_at(tmp_path: Path) -> None:
    """And its permissions."""
    path = tmp_path / "production.env"
    path.write_text(f"SECRET_KEY={KEY}\nPORT={free_port()}\nSAFELIGHT_RATE_LIMITS=off\n")
    path.chmod(0o644)
    result = run("--env-file", str(path))
    assert "SHORT  settings.rate-limits" in result.output
    assert "SHORT  secrets.permissions" in result.output
    assert KEY not in result.output


def test_an_address_that_is_none_is_wrong_usage() -> None:
    """Exit code 2, as everywhere."""
    assert run("safelight.example.org").exit_code == 2


def test_the_bundle_has_no_people_in_it(there: Running, tmp_path: Path) -> None:
    """Nor hosts, paths, keys: of a canary in each setting of text, no file of it knows."""
    canary = "canary4711"
    users = tmp_path / f"{canary}.json"
    users.write_text(json.dumps({"users": {}}))
    users.chmod(0o600)
    path = tmp_path / "bundle.zip"
    result = run(
        f"https://127.0.0.1:{there.port}",
        "--bundle",
        str(path),
        SECRET_KEY=f"{KEY}{canary}",
        SAFELIGHT_USERS_FILE=str(users),
        SAFELIGHT_HOSTNAMES=f"{canary}.example.org",
        SAFELIGHT_TRUSTED_PROXIES="10.47.11.0/24",
        SAFELIGHT_SECURITY_CONTACT=f"mailto:{canary}@example.org",
        SAFELIGHT_OIDC_ISSUER=f"https://{canary}.example.org",
        SAFELIGHT_OIDC_CLIENT_SECRET=canary,
        REDIS_URL=f"redis://:{canary}@127.0.0.1:1/0",
        SAFELIGHT_THREADS="3",
    )
    assert result.stderr.endswith(f"Wrote {path}.\n")
    with zipfile.ZipFile(BytesIO(path.read_bytes())) as archive:
        members = {name: archive.read(name).decode() for name in archive.namelist()}
    text = "".join(members.values())
    for word in (canary, "10.47.11", "example.org", str(tmp_path), KEY):
        assert word not in text
    settings = json.loads(members["settings.json"])
    assert settings["SAFELIGHT_THREADS"] == {"value": 3, "from": "environment"}
    assert settings["SECRET_KEY"] == {"value": "(set)", "from": "environment"}
    assert settings["TOY_MAX_BYTES"]["value"] == 1000


def test_the_bundle_tells_what_helps(there: Running, tmp_path: Path) -> None:
    """Versions, checks, tools, and the numbers of the server."""
    path = tmp_path / "bundle.zip"
    run(f"https://127.0.0.1:{there.port}", "--bundle", str(path))
    with zipfile.ZipFile(path) as archive:
        assert json.loads(archive.read("checks.json"))["server.answers"] == "ok"
        assert "flask" in json.loads(archive.read("versions.json"))["packages"]
        assert json.loads(archive.read("tools.json")) == {"failed": "", "loaded": "toy"}
        assert b"safelight_requests_total" in archive.read("metrics.txt")
        assert archive.read("README.txt").startswith(b"A support bundle")


def test_the_manual_shows_what_is_printed() -> None:
    """Line by line; three dots stand for what differs from place to place."""
    (example,) = re.findall(
        r"```console\n\$ safelight doctor\n(.*?)```", MANUAL.read_text(encoding="utf-8"), re.DOTALL
    )
    port = free_port()
    printed = run(PORT=str(port)).output.replace(f":{port}", ":8847")
    lines = [line.removesuffix("...") for line in example.splitlines() if line != "..."]
    assert [line for line in lines if line not in printed] == []


def test_help_shows_examples() -> None:
    """As every command."""
    assert "safelight doctor --bundle bundle.zip" in run("--help").output
