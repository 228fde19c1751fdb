"""The commands `safelight users` and `safelight tokens`: who may come in, kept in a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import entry_points
from pathlib import Path
import sys
import time
from typing import TYPE_CHECKING, NoReturn, TypeVar

import click

from safelight.accounts.document import BadAccounts
from safelight.accounts.grants import wrong_with_grant
from safelight.accounts.model import NAME, NAME_RULE, Accounts, User, plain_name
from safelight.accounts.source import AccountFile
from safelight.accounts.tokens import DEFAULT_DAYS, MAX_DAYS, new_token

if TYPE_CHECKING:
    from collections.abc import Callable

    from safelight.accounts.model import Token

TOOLS = "safelight.tools"
"""The entry-point group of the tools, whose names are what can be granted."""
EXAMPLES = {
    "users add": ("ada --grant mapy --grant elqkit.send", "ops --grant admin --generate"),
    "users change": ("ada --grant mapy", "ada --password < password.txt"),
    "users list": ("", "--file /etc/safelight/users.json"),
    "users remove": ("ada",),
    "tokens create": (
        "nightly --grant mapy --days 30",
        "laptop --grant elqkit --user ada",
        "prometheus --grant metrics --days 365",
    ),
    "tokens list": ("",),
    "tokens revoke": ("7f3a9c1e5b20",),
}
"""What follows each command, to copy."""
Command = TypeVar("Command", bound="Callable[..., object]")


def _examples(start: str) -> str:
    """The examples of a command, or of all commands of a group."""
    lines = (
        f"  safelight {name} {rest}".rstrip()
        for name, found in EXAMPLES.items()
        if name.startswith(start)
        for rest in found
    )
    return "\n".join(("\b", "Examples:", *lines))


def _file_option(command: Command) -> Command:
    return click.option(
        "--file",
        "path",
        type=click.Path(path_type=Path, dir_okay=False),
        envvar="SAFELIGHT_USERS_FILE",
        required=True,
        help="The file of users and tokens. [SAFELIGHT_USERS_FILE]",
    )(command)


def _grant_option(command: Command) -> Command:
    return click.option(
        "--grant",
        "grants",
        multiple=True,
        help="A tool (mapy), what goes beyond it (elqkit.send, elqkit.delete), metrics, or admin.",
    )(command)


@click.group(epilog=_examples("users"))
def users() -> None:
    """Say who may sign in, and what for. A running server notices at once."""


@users.command("add", epilog=_examples("users add"))
@click.argument("name")
@_grant_option
@click.option("--generate", is_flag=True, help="Make a password and print it, once.")
@_file_option
def add_user(name: str, grants: tuple[str, ...], generate: bool, path: Path) -> None:  # noqa: FBT001 - click's way
    """Add a user.

    The password is typed, or read from standard input; it is never an argument, which others on
    the machine could see.
    """
    name = _checked_name(name)
    _check_grants(grants)

    def add(accounts: Accounts) -> Accounts:
        if name in accounts.users:
            _stop(f"There is a user {name} already. See `safelight users change`.")
        return accounts.with_user(user)

    user = User(name, _new_hash(name, generate=generate), frozenset(grants))
    _change(path, add)
    # A generated password stands alone on standard output, for a script to take.
    note = "" if grants else " Nothing is granted yet: see --grant."
    click.echo(f"{name} may sign in.{note}", err=generate)


@users.command("change", epilog=_examples("users change"))
@click.argument("name")
@_grant_option
@click.option("--password", "asks", is_flag=True, help="Read a new password.")
@click.option("--generate", is_flag=True, help="Make a new password and print it, once.")
@_file_option
def change_user(
    name: str,
    grants: tuple[str, ...],
    asks: bool,  # noqa: FBT001 - click's way
    generate: bool,  # noqa: FBT001
    path: Path,
) -> None:
    """Give a user other grants, which replace all that there were, or another password.

    A new password ends the user's sessions.
    """
    name = plain_name(name)
    _check_grants(grants)
    if not (grants or asks or generate):
        raise click.UsageError("Say what to change: --grant, --password or --generate.")
    hashed = _new_hash(name, generate=generate) if asks or generate else ""

    def change(accounts: Accounts) -> Accounts:
        user = _known(accounts, name)
        user = replace(user, password=hashed) if hashed else user
        return accounts.with_user(replace(user, grants=frozenset(grants)) if grants else user)

    _change(path, change)
    click.echo(f"{name} was changed.", err=generate)


@users.command("list", epilog=_examples("users list"))
@_file_option
def list_users(path: Path) -> None:
    """List the users and their grants."""
    for user in _read(path).users.values():
        click.echo(f"{user.name}  {' '.join(sorted(user.grants)) or '(nothing granted)'}")


@users.command("remove", epilog=_examples("users remove"))
@click.argument("name")
@_file_option
def remove_user(name: str, path: Path) -> None:
    """Remove a user, with their tokens. Their sessions end at once."""
    name = plain_name(name)

    def remove(accounts: Accounts) -> Accounts:
        return accounts.without_user(_known(accounts, name).name)

    _change(path, remove)
    click.echo(f"{name} was removed.")


@click.group(epilog=_examples("tokens"))
def tokens() -> None:
    """Make API tokens for programs. A program sends one as: Authorization: Bearer TOKEN."""


@tokens.command("create", epilog=_examples("tokens create"))
@click.argument("name")
@_grant_option
@click.option(
    "--days",
    type=click.IntRange(1, MAX_DAYS),
    default=DEFAULT_DAYS,
    show_default=True,
    help="How long it lives.",
)
@click.option("--user", help="Whose it is: it can't do more than them, and ends with them.")
@_file_option
def create_token(
    name: str, grants: tuple[str, ...], days: int, user: str | None, path: Path
) -> None:
    """Make a token and print it, once. NAME says what it is for."""
    if not grants:
        raise click.UsageError("Say what it may do: --grant.")
    _check_grants(grants)
    owner = plain_name(user or "")
    try:
        text, token = new_token(name, grants, time.time(), days, owner)
    except ValueError as error:
        _stop(str(error))

    def add(accounts: Accounts) -> Accounts:
        if owner:
            _known(accounts, owner)
        return accounts.with_token(token)

    _change(path, add)
    click.echo(f"Until {_day(token.expires)}, for {', '.join(sorted(grants))}:", err=True)
    click.echo(text)


@tokens.command("list", epilog=_examples("tokens list"))
@_file_option
def list_tokens(path: Path) -> None:
    """List the tokens by what is known of them; the tokens themselves are not kept."""
    for token in _read(path).tokens.values():
        click.echo(_line(token, time.time()))


@tokens.command("revoke", epilog=_examples("tokens revoke"))
@click.argument("id_", metavar="ID")
@_file_option
def revoke_token(id_: str, path: Path) -> None:
    """End a token at once. ID is the part in the middle, as `safelight tokens list` shows it."""

    def revoke(accounts: Accounts) -> Accounts:
        if id_ not in accounts.tokens:
            _stop("There is no token of that id. See `safelight tokens list`.")
        return accounts.without_token(id_)

    _change(path, revoke)
    click.echo(f"{id_} was revoked.")


def _line(token: Token, now: float) -> str:
    ended = "ended" if now >= token.expires else "until"
    owner = f"  of {token.user}" if token.user else ""
    grants = " ".join(sorted(token.grants))
    return f"{token.id}  {token.name}  {ended} {_day(token.expires)}  {grants}{owner}"


def _day(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d")


def _checked_name(name: str) -> str:
    plain = plain_name(name)
    if not NAME.fullmatch(plain):
        _stop(f"This name can't be used. {NAME_RULE}")
    return plain


def _check_grants(grants: tuple[str, ...]) -> None:
    slugs = [entry.name for entry in entry_points(group=TOOLS)]
    for grant in grants:
        wrong = wrong_with_grant(grant, slugs)
        if wrong:
            _stop(wrong)


def _new_hash(name: str, *, generate: bool) -> str:
    # Argon2 is a library in C, which `--help` and `list` do without.
    from safelight.security.passwords import (  # noqa: PLC0415
        generated_password,
        hash_of,
        wrong_with_password,
    )

    if generate:
        password = generated_password()
        click.echo(password)
        return hash_of(password)
    if sys.stdin.isatty():
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    wrong = wrong_with_password(password, name)
    if wrong:
        _stop(wrong)
    return hash_of(password)


def _known(accounts: Accounts, name: str) -> User:
    user = accounts.users.get(name)
    if user is None:
        _stop("There is no such user. See `safelight users list`.")
    return user


def _read(path: Path) -> Accounts:
    try:
        return AccountFile(path).current()
    except BadAccounts as error:
        _stop(str(error))


def _change(path: Path, how: Callable[[Accounts], Accounts]) -> None:
    try:
        AccountFile(path).change(how)
    except BadAccounts as error:
        _stop(str(error))


def _stop(sentence: str) -> NoReturn:
    click.echo(f"safelight: {sentence}", err=True)
    sys.exit(1)
