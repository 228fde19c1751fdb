"""`elqkit authorize`: sign in by OAuth 2 once, and keep the refresh token in a file."""

from __future__ import annotations

from pathlib import Path

import click

from elqkit.cli.reading import errors_in_words, write_new
from elqkit.eloqua.authorization import Authorization
from elqkit.eloqua.hosts import Hosts
from elqkit.errors import NotSignedIn
from elqkit.settings import values_of

EXAMPLES = """
\b
Examples:
  elqkit authorize token.txt
  ELQKIT_CLIENT_ID=... ELQKIT_REDIRECT_URI=https://... elqkit authorize token.txt
  elqkit authorize token.txt --env-file app.env
"""


@click.command(epilog=EXAMPLES)
@click.argument("file", metavar="TOKEN_FILE", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--env-file", type=click.Path(path_type=Path), help="A file of NAME=value settings.")
def authorize(file: Path, env_file: Path | None) -> None:
    """Sign in at Eloqua in a browser, and write the refresh token to a new file.

    The app's id, secret and address are settings. The exit code is 0 when the token is written, 1
    if it was refused, 2 if the command was not understood.
    """
    if file.exists():
        raise click.UsageError(f"{file} is there already. Nothing is overwritten.")
    with errors_in_words():
        settings = values_of(file=env_file)
        names = ("ELQKIT_CLIENT_ID", "ELQKIT_CLIENT_SECRET", "ELQKIT_REDIRECT_URI")
        client_id, secret, redirect_uri = (settings.get(name, "") for name in names)
        if not (client_id and secret and redirect_uri):
            raise click.UsageError(f"Set {', '.join(names)}: from Settings > AppCloud Developer.")
        login = settings.get("ELQKIT_LOGIN", "https://login.eloqua.com")
        hosts = Hosts(settings.get("ELQKIT_HOSTS", "").replace(",", " ").split())
        sign_in = Authorization(client_id, redirect_uri, login=login)
        click.echo("Open this address, sign in and agree:")
        click.echo(f"\n{sign_in.url}\n")
        click.echo("The browser is then led to another address. It is good for a minute.")
        try:
            address = click.prompt("Paste that address here", hide_input=True, err=True)
        except click.Abort:
            raise NotSignedIn("eloqua.not-granted") from None
        tokens = sign_in.tokens(sign_in.code_of(address), secret, hosts=hosts)
    write_new(file, [f"{tokens.refresh}\n".encode()])
    click.echo(f"The refresh token is in {file}. Set ELQKIT_REFRESH_TOKEN_FILE to it.")
