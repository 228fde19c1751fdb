"""The published schema says what the JSON of a report holds."""

from __future__ import annotations

import json
from typing import Any

import pytest

from elqkit.output.json import dumps
from elqkit.output.schema import schema
from elqkit.web.sample import SAMPLE
from elqkit_builders import checked
from json_schema import faults

FILES = {
    "in order": b"e-mail,name\na@example.com,Ana\n",
    "our faulty sample": SAMPLE,
    "empty": b"",
    "no text": b"\x00\xff\xfe\x80" * 20,
    "another encoding": "name;town\nJos\xe9;K\xf6ln\n".encode("cp1252"),
}


@pytest.mark.parametrize("content", FILES.values(), ids=FILES.keys())
def test_a_report_is_valid(content: bytes) -> None:
    """Whatever the file is."""
    report: dict[str, Any] = json.loads(dumps(checked(content)))
    assert faults(report, schema("check")) == []


def test_the_schema_knows_every_member() -> None:
    """A member that it does not know would be a fault."""
    report: dict[str, Any] = json.loads(dumps(checked(SAMPLE)))
    assert faults({**report, "more": 1}, schema("check")) == ["$: more is not foreseen"]


def test_other_commands_have_none() -> None:
    """Asking for one is a fault of the program."""
    with pytest.raises(KeyError):
        schema("submit")
