"""The options of `elqkit submit`, and what they decide."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from elqkit.autosubmit.access import Access, Way
from elqkit.autosubmit.preparing import Choices
from elqkit.autosubmit.saved_maps import MAX_MAP_BYTES, read_map
from elqkit.cli.mock import DEFAULT_PORT
from elqkit.cli.reading import content_of
from elqkit.runs.pace import MAX_PARALLEL, MAX_RATE
from elqkit.settings import values_of
from elqkit.table.dialects import DELIMITERS
from elqkit.table.encodings import NAMES
from elqkit.table.limits import Limits
from elqkit.table.reading import ReadOptions

if TYPE_CHECKING:
    from collections.abc import Mapping

MOCK = f"http://127.0.0.1:{DEFAULT_PORT}"


@dataclass(frozen=True, slots=True)
class Order:
    """The options of the command; their help says what each means."""

    form: str
    site: str | None
    mock: str | None
    env_file: Path | None
    way: str | None
    dry_run: bool
    rate: float
    parallel: int
    state: Path | None
    resume: bool
    again: bool
    resend_unknown: bool
    maps: tuple[str, ...]
    constants: tuple[str, ...]
    saved_map: Path | None
    save_map: Path | None
    fixes: tuple[str, ...]
    encoding: str | None
    delimiter: str | None
    sheet: str
    refused: Path | None
    results: Path | None
    exact: bool
    support: Path | None
    look: bool
    undo: bool
    accept_side_effects: bool
    leave_out_ragged: bool
    yes: bool
    is_json: bool

    def settings(self) -> dict[str, str]:
        """The settings, with what options say in their place.

        Raises:
            BadSettingsFile: the file of settings cannot be read.
        """
        found = values_of(file=self.env_file)
        if self.site is not None:
            found["ELQKIT_SITE"] = self.site
        return found

    def access(self, settings: Mapping[str, str]) -> Access:
        """How the site is reached.

        Raises:
            UsageError: nobody is signed in, and no site is named.
        """
        if self.mock is not None:
            from elqkit.mock import ACCOUNT  # noqa: PLC0415 - for rehearsals only
            from elqkit.mock.site import SITE_ID  # noqa: PLC0415 - the same

            return Access.to_mock(self.mock, ACCOUNT, SITE_ID)
        try:
            access = Access.of(settings)
        except ValueError as error:
            raise click.UsageError(str(error)) from None
        if access.credentials is None and not access.site_id:
            raise click.UsageError(
                "Whose form? Set credentials (see --help), or name the site by --site,"
                " or rehearse with --mock."
            )
        return access

    def chosen_way(self, access: Access) -> Way:
        """The way that rows go.

        Raises:
            UsageError: it needs a sign-in, and there is none.
        """
        way = access.ways[0] if self.way is None else Way(self.way)
        if way not in access.ways:
            raise click.UsageError("To send signed in, set credentials: see --help.")
        return way

    def choices(self, max_bytes: int) -> Choices:
        """What was decided about the file.

        Raises:
            BadMap: the saved mapping is none.
        """
        saved = None
        if self.saved_map is not None:
            saved = read_map(content_of(self.saved_map, MAX_MAP_BYTES))
        return Choices(
            ReadOptions(self.encoding, self.delimiter, Limits(max_bytes=max_bytes), self.sheet),
            fixes=self.fixes,
            columns=dict(pair("--map", each) for each in self.maps),
            constants=dict(pair("--set", each) for each in self.constants),
            saved_map=saved,
        )


def pair(option: str, written: str) -> tuple[str, str]:
    """The two sides of `NAME=VALUE`.

    Raises:
        UsageError: it is not written so.
    """
    left, equals, right = written.partition("=")
    if not (left and equals):
        raise click.UsageError(f"{option} is written NAME=VALUE.")
    return left, right


_OPTIONS = (
    click.option("--form", required=True, metavar="NAME|ID", help="The form to send to."),
    click.option("--site", metavar="ID", help="The site's number, where nobody is signed in."),
    click.option(
        "--mock",
        is_flag=False,
        flag_value=MOCK,
        metavar="[ADDRESS]",
        help=f"Rehearse with `elqkit mock`; at {MOCK} if no address is given.",
    ),
    click.option(
        "--env-file", type=click.Path(path_type=Path), help="A file of NAME=value settings."
    ),
    click.option("--public", "way", flag_value=Way.PUBLIC.value, help="Send as a visitor does."),
    click.option(
        "--signed-in",
        "way",
        flag_value=Way.BATCH.value,
        help="Send signed in, in batches that are safe to repeat.",
    ),
    click.option(
        "--one-by-one", "way", flag_value=Way.SINGLE.value, help="Send signed in, a row a call."
    ),
    click.option("--dry-run", is_flag=True, help="Show all that would happen, and send nothing."),
    click.option(
        "--rate",
        type=click.FloatRange(0.0, MAX_RATE, min_open=True),
        default=10.0,
        show_default=True,
        help="The most rows a second.",
    ),
    click.option(
        "--parallel",
        type=click.IntRange(1, MAX_PARALLEL),
        default=4,
        show_default=True,
        help="Calls at the same time.",
    ),
    click.option(
        "--state",
        type=click.Path(file_okay=False, path_type=Path),
        help="Keep the run in this folder, so that it survives a crash [ELQKIT_STATE_FOLDER].",
    ),
    click.option("--resume", is_flag=True, help="Go on with the run of this file."),
    click.option("--again", is_flag=True, help="Send a file anew that was sent before."),
    click.option(
        "--resend-unknown",
        is_flag=True,
        help="Send rows of unknown outcome once more; they may then be there twice.",
    ),
    click.option(
        "--map", "maps", multiple=True, metavar="COLUMN=FIELD", help="Where a column goes."
    ),
    click.option(
        "--set", "constants", multiple=True, metavar="FIELD=VALUE", help="A value for every row."
    ),
    click.option(
        "--saved-map", type=click.Path(path_type=Path), help="Map the columns as saved there."
    ),
    click.option("--save-map", type=click.Path(path_type=Path), help="Save the mapping there."),
    click.option(
        "--fix",
        "fixes",
        multiple=True,
        metavar="NAME[:COLUMN]",
        help="A named fix: trim, drop-hidden, no-break, unguard, date:..., split:...",
    ),
    click.option("--encoding", type=click.Choice(tuple(NAMES)), help="Encoding, if you know it."),
    click.option(
        "--delimiter", type=click.Choice(tuple(DELIMITERS)), help="Delimiter, if you know it."
    ),
    click.option("--sheet", default="", help="Sheet of a workbook. Without: the first with rows."),
    click.option(
        "--refused",
        type=click.Path(path_type=Path),
        help="Write the rows refused or left out there (.csv or .xlsx), to correct and send.",
    ),
    click.option(
        "--results", type=click.Path(path_type=Path), help="Write all rows there with outcomes."
    ),
    click.option(
        "--exact", is_flag=True, help="Values in those files byte for byte, not formula-safe."
    ),
    click.option(
        "--support",
        type=click.Path(path_type=Path),
        help="Write what helps others to help there: shapes and counts, no names and no values.",
    ),
    click.option(
        "--look/--no-look",
        default=True,
        help="Look afterwards what Eloqua has stored, where signed in. [default: look]",
    ),
    click.option(
        "--undo", is_flag=True, help="Take the rows of this file's run back, instead of sending."
    ),
    click.option(
        "--accept-side-effects", is_flag=True, help="Agree to e-mails and campaigns of the form."
    ),
    click.option(
        "--leave-out-ragged",
        is_flag=True,
        help="Agree to leave out rows with too few or too many values.",
    ),
    click.option("--yes", is_flag=True, help="Send without asking."),
    click.option("--json", "is_json", is_flag=True, help="Print one JSON object."),
)


def with_options(command: Any) -> Any:  # noqa: ANN401 - click's decorators
    """Give a command the options of a submission."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
