"""What the commands print is what their published schemas say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner
import pytest

from json_schema import faults
from mapy.cli import main
from mapy.explain.finding import Subject, Weight
from mapy.output.schema import NAMES, schema
from mapy_builders import camera, exif, jpeg, png, rdf, tiff, xmp

if TYPE_CHECKING:
    from pathlib import Path

HISTORY = (
    "<xmpMM:History><rdf:Seq><rdf:li stEvt:action='saved' stEvt:when='2024-05-01T10:00:00Z'/>"
    "</rdf:Seq></xmpMM:History>"
)


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """A photo with much in it, one with little, one that is broken."""
    contents = {
        "photo.jpg": jpeg(exif(tiff(camera())), xmp(rdf(HISTORY))),
        "plain.png": png(),
        "broken.jpg": b"\xff\xd8\xff",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return [str(tmp_path / name) for name in contents]


def printed(command: str, files: list[str], *options: str) -> Any:
    """The JSON that a command prints."""
    return json.loads(CliRunner().invoke(main, [command, "--json", *options, *files]).stdout)


@pytest.mark.parametrize(
    ("command", "options"),
    [("show", []), ("show", ["-n"]), ("explain", []), ("check", []), ("diff", [])],
)
def test_what_is_printed_is_valid(command: str, options: list[str], files: list[str]) -> None:
    """Files with much, with little and broken ones."""
    assert faults(printed(command, files, *options), schema(command)) == []


@pytest.mark.parametrize("command", ["show", "explain", "check"])
def test_the_schema_refuses_what_is_not_foreseen(command: str, files: list[str]) -> None:
    """A name that no schema has is a fault: the schemas are no empty promise."""
    objects = printed(command, files)
    objects[0]["Surprise"] = 1

    assert faults(objects, schema(command))


def test_the_schema_of_findings_has_every_weight_and_subject() -> None:
    """And no other."""
    finding = schema("explain")["$defs"]["finding"]["properties"]

    assert finding["weight"]["enum"] == [weight.value for weight in Weight]
    assert finding["subject"]["enum"] == [subject.value for subject in Subject]


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_names_its_dialect_and_itself(name: str) -> None:
    """2020-12, and a name that leads to no address."""
    found = schema(name)

    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert found["$id"] == f"urn:safelight:mapy:{name}:1"


def test_a_command_without_a_schema_is_an_error() -> None:
    """Not the path to another file."""
    with pytest.raises(KeyError):
        schema("../json")
