"""The action behind the page and the API: the same answer as the command line's."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from click.testing import CliRunner

from mapy.cli import main
from mapy.web.actions import actions, read_images
from mapy.web.settings import SETTINGS
from mapy_builders import camera, exif, frame, jpeg, tiff
from safelight.api import Refusal, Request, Upload

if TYPE_CHECKING:
    from pathlib import Path

PHOTO = jpeg(exif(tiff(camera())))


def test_answers_what_the_command_line_prints(tmp_path: Path) -> None:
    """One engine: the array of `mapy show --json` with what `mapy explain --json` finds."""
    path = tmp_path / "photo.jpg"
    path.write_bytes(PHOTO)
    for option, numeric in ((), False), (("-n",), True):
        printed = CliRunner().invoke(main, ["show", "--json", *option, str(path)]).output
        answer = read_images(Request((Upload(str(path), PHOTO),), {"numeric": numeric}))
        explained = CliRunner().invoke(main, ["explain", "--json", str(path)]).output
        findings = json.loads(explained)[0]["Findings"]
        expected = [{**json.loads(printed)[0], "Findings": findings}]
        assert json.loads(json.dumps(answer.data)) == expected


def test_a_broken_file_leaves_the_others_alone() -> None:
    """Files that cannot be read give their error; as long as one can, all is well."""
    refused = Refusal("upload.too-large", "The file is too large.", "Send a smaller one.", 413)
    uploads = (Upload("a", b""), Upload("b", PHOTO), Upload("c", b"", refused))
    answer = read_images(Request(uploads))
    data = answer.data

    assert isinstance(data, list)
    assert answer.status == 200
    assert data[0] == {"SourceFile": "a", "Error": "The file is empty."}
    assert data[2] == {"SourceFile": "c", "Error": "The file is too large. Send a smaller one."}


def test_the_status_says_why_nothing_was_read() -> None:
    """415 for an unknown kind, 422 for a broken file, 413 for one that is too large."""
    refused = Refusal("upload.too-large", "The file is too large.", status=413)
    statuses = [
        read_images(Request((upload,))).status
        for upload in (
            Upload("a", b"<html>"),
            Upload("a", b"\xff\xd8\xff"),
            Upload("a", b""),
            Upload("a", jpeg(frame(65_500, 65_500))),
            Upload("a", b"", refused),
        )
    ]

    assert statuses == [415, 422, 422, 413, 413]


def test_the_limits_are_settings() -> None:
    """The field's limits are what the settings say."""
    for action in actions({"max_image_bytes": 5, "max_images": 6, "max_total_bytes": 7}):
        files = action.files
        assert files is not None
        assert (files.max_bytes, files.max_files, files.max_total_bytes) == (5, 6, 7)
    assert {setting.name for setting in SETTINGS} == {
        "max_image_bytes",
        "max_images",
        "max_total_bytes",
    }
