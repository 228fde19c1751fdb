"""The file of users: read anew when it changes, written whole, by one at a time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
import errno
import os
from pathlib import Path
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from account_builders import HASH, users_file
from safelight.accounts import source as source_module
from safelight.accounts.document import BadAccounts
from safelight.accounts.model import Accounts, User
from safelight.accounts.source import AccountFile, FixedAccounts

if TYPE_CHECKING:
    from collections.abc import Callable

ADDING = """
import sys
from pathlib import Path
from safelight.accounts.model import User
from safelight.accounts.source import AccountFile
for number in range(10):
    name = f"{sys.argv[2]}-{number}"
    user = User(name, sys.argv[3], frozenset())
    AccountFile(Path(sys.argv[1])).change(lambda accounts: accounts.with_user(user))
"""


def adding(name: str) -> Callable[[Accounts], Accounts]:
    """A change that adds a user."""
    return lambda accounts: accounts.with_user(User(name, HASH, frozenset()))


def test_a_change_counts_at_once(tmp_path: Path) -> None:
    """Without a restart of the server."""
    path = users_file(tmp_path)
    source = AccountFile(path)
    before = set(source.current().users)
    AccountFile(path).change(adding("new"))
    assert set(source.current().users) - before == {"new"}


def test_what_did_not_change_is_not_read_again(tmp_path: Path) -> None:
    """It is looked at for each request."""
    source = AccountFile(users_file(tmp_path))
    assert source.current() is source.current()


@pytest.mark.parametrize("content", [b"{", b"\xff", b'{"users": {"ada": {}}}'])
def test_nobody_comes_in_by_a_broken_file(tmp_path: Path, content: bytes) -> None:
    """The last good one may hold somebody who was meant to be removed."""
    path = users_file(tmp_path)
    source = AccountFile(path)
    source.current()
    path.write_bytes(content)
    for _ in range(2):
        with pytest.raises(BadAccounts, match=r"users\.json"):
            source.current()


def test_nobody_comes_in_when_the_file_is_gone(tmp_path: Path) -> None:
    """Until it is back."""
    path = users_file(tmp_path)
    source = AccountFile(path)
    content = path.read_bytes()
    source.current()
    path.unlink()
    with pytest.raises(BadAccounts, match="can't be read"):
        source.current()
    path.write_bytes(content)
    path.chmod(0o600)
    assert "ada" in source.current().users


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_file_that_others_can_write_is_refused(tmp_path: Path, mode: int) -> None:
    """They could make themselves administrators."""
    path = users_file(tmp_path)
    path.chmod(mode)
    with pytest.raises(BadAccounts, match="chmod 600"):
        AccountFile(path).current()


def test_what_is_written_is_the_owners_alone(tmp_path: Path) -> None:
    """Whatever the mask of the process."""
    path = tmp_path / "users.json"
    before = os.umask(0)
    try:
        AccountFile(path).change(adding("ada"))
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_it_stays_its_owners(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may change it for the server, whose user must be able to read it afterwards."""
    given: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "fchown", lambda _, user, group: given.append((user, group)))
    path = users_file(tmp_path)
    AccountFile(path).change(adding("one"))
    assert given == []
    monkeypatch.setattr(
        source_module, "_owner", lambda each: (10001, 0) if each == path else (0, 0)
    )
    AccountFile(path).change(adding("two"))
    assert given == [(10001, 0)]


def test_a_change_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nothing beside it but the lock."""
    path = users_file(tmp_path)
    content = path.read_bytes()

    def full(self: Path, target: Path) -> None:
        del self, target
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(BadAccounts, match="No space left"):
        AccountFile(path).change(adding("new"))
    assert path.read_bytes() == content
    assert {each.name for each in tmp_path.iterdir()} == {"users.json", ".users.json.lock"}


def test_a_file_that_is_mounted_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing can be put in its place, and what to do is not obvious."""

    def busy(self: Path, target: Path) -> None:
        del self, target
        raise OSError(errno.EBUSY, "Device or resource busy")

    monkeypatch.setattr(Path, "replace", busy)
    with pytest.raises(BadAccounts, match="mount its folder"):
        AccountFile(users_file(tmp_path)).change(adding("new"))


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """What it points at is replaced, as where secrets are mounted."""
    path = users_file(tmp_path)
    link = tmp_path / "link.json"
    link.symlink_to(path)
    AccountFile(link).change(adding("new"))
    assert link.is_symlink()
    assert "new" in AccountFile(path).current().users


def test_no_change_is_lost_among_threads(tmp_path: Path) -> None:
    """Forty at the same moment are forty."""
    path = users_file(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: AccountFile(path).change(adding(f"u{n}")), range(40)))
    assert {f"u{n}" for n in range(40)} <= set(AccountFile(path).current().users)


def test_no_change_is_lost_among_processes(tmp_path: Path) -> None:
    """The server and the commands write the same file."""
    path = users_file(tmp_path)
    processes = [
        subprocess.Popen([sys.executable, "-c", ADDING, str(path), name, HASH])
        for name in ("one", "two")
    ]
    assert [process.wait(30) for process in processes] == [0, 0]
    expected = {f"{name}-{number}" for name in ("one", "two") for number in range(10)}
    assert expected <= set(AccountFile(path).current().users)


def test_accounts_of_the_environment_stay_as_they_are() -> None:
    """There is nothing to write them to."""
    source = FixedAccounts("")
    assert (source.is_writable, source.current()) == (False, Accounts())
    with pytest.raises(BadAccounts, match="environment"):
        source.change(adding("new"))
