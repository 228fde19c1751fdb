"""`elqkit mock`: a local Eloqua to rehearse with. No account is needed, and nothing leaves."""

from __future__ import annotations

from contextlib import suppress
import sys

import click

from elqkit.cli import OK
from elqkit.mock import ACCOUNT, APP, FAULTS, Mock, UnknownFault
from elqkit.mock.server import Server
from elqkit.mock.sign_in import REDIRECT_URI
from elqkit.mock.site import SITE_ID

DEFAULT_PORT = 8850
EXAMPLES = """
\b
Examples:
  elqkit mock
  elqkit mock -p 9000 --fault throttled=2@5 --fault drop-after-commit@10% --seed 7
  elqkit mock --list-faults
"""


def _list_faults(context: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's signature
    if value:
        width = max(map(len, FAULTS))
        for name, text in FAULTS.items():
            click.echo(f"{name:<{width}}  {text}")
        context.exit(OK)


@click.command(epilog=EXAMPLES)
@click.option(
    "-p",
    "--port",
    type=click.IntRange(0, 65535),
    default=DEFAULT_PORT,
    show_default=True,
    help="The port; 0 takes a free one.",
)
@click.option(
    "--fault",
    "faults",
    multiple=True,
    metavar="NAME[=VALUE][@N|@P%][:TIMES]",
    help="What goes wrong: always, each Nth time, or at P percent, so many TIMES at the most.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Repeats the faults' chances.")
@click.option(
    "--redirect-uri",
    default=REDIRECT_URI,
    show_default=True,
    help="The address that the app of OAuth 2 is registered with.",
)
@click.option(
    "--list-faults",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_list_faults,
    help="Name every fault and switch, and stop.",
)
def mock(port: int, faults: tuple[str, ...], seed: int, redirect_uri: str) -> None:
    """Be an Eloqua on this machine: sign-in, forms, rows and batches, with faults on request.

    It answers on 127.0.0.1 alone, keeps everything in memory, and shows what it received on its
    page. The exit code is 0 when it is stopped, 1 if the port is taken, 2 if a fault is not
    understood.
    """
    try:
        made = Mock(faults, seed=seed, redirect_uri=redirect_uri)
    except UnknownFault as error:
        raise click.UsageError(f"{error} `elqkit mock --list-faults` names them all.") from None
    try:
        server = Server(made, port)
    except OSError as error:
        raise click.ClickException(f"Port {port}: {error.strerror}.") from None
    company, user, password = ACCOUNT
    client_id, secret, token = APP
    with server, suppress(KeyboardInterrupt):
        click.echo(f"The mock's Eloqua answers on {server.address} (site {SITE_ID}).")
        click.echo(f"Basic:    company {company}, user {user}, password {password}")
        click.echo(f"OAuth 2:  client {client_id}, secret {secret}, refresh token {token}")
        click.echo(f"Received: {server.address}/")
        click.echo("Stop it with Ctrl+C.")
        sys.stdout.flush()
        server.serve_forever()
