"""Clean copies as the API and the page hand them out."""

from __future__ import annotations

from io import BytesIO
import json
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from mapy import clean, read
from mapy.clean.certificate import verify
from mapy.clean.policy import policy_of
from mapy.web.cleaning import clean_images
from mapy_builders import camera, exif, frame, jpeg, tiff
from safelight.api import Download, Refusal, Request, Upload

if TYPE_CHECKING:
    from safelight.api import OptionValue

PHOTO = jpeg(exif(tiff(camera())), frame(8, 8))
PRESS = policy_of("press")


def ask(*contents: bytes, **options: OptionValue) -> Download:
    """Clean files of these bytes."""
    uploads = tuple(Upload(f"{at}.jpg", content) for at, content in enumerate(contents))
    return clean_images(Request(uploads, options))


def archive(download: Download) -> ZipFile:
    """An archive as a program opens it."""
    assert (download.name, download.media_type) == ("pictures.zip", "application/zip")
    return ZipFile(BytesIO(b"".join(download.content)))  # type: ignore[arg-type]  # pieces


def test_one_picture_gives_its_copy() -> None:
    """The library's, named after nothing."""
    download = ask(PHOTO)
    assert (download.name, download.media_type, download.content) == (
        "picture.jpg",
        "image/jpeg",
        clean(PHOTO).content,
    )


def test_several_give_an_archive_with_a_report() -> None:
    """Copies by number; a file that could not be cleaned is named with the reason."""
    with archive(ask(b"words", PHOTO, PHOTO)) as found:
        assert found.namelist() == ["picture-2.jpg", "picture-3.jpg", "report.json"]
        assert found.read("picture-2.jpg") == clean(PHOTO).content
        failed, cleaned, _ = json.loads(found.read("report.json"))["pictures"]
    assert (failed["number"], failed["name"], failed["code"]) == (
        1,
        "0.jpg",
        "file.unknown-format",
    )
    assert ("name" in cleaned, cleaned["copy"]) == (False, "picture-2.jpg")


def test_members_have_one_moment() -> None:
    """Nobody learns from an archive when it was made."""
    with archive(ask(PHOTO, PHOTO)) as found:
        assert {each.date_time for each in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_certificate_comes_beside_the_copy() -> None:
    """And it holds for that copy."""
    with archive(ask(PHOTO, certificate=True)) as found:
        certificate, copy = found.read("picture-1.certificate.json"), found.read("picture-1.jpg")
    assert verify(certificate, copy) == ()


def test_evidence_is_a_certificate_alone() -> None:
    """The file stays as it is, so there is no copy to send back."""
    download = ask(PHOTO, preset="evidence")
    assert isinstance(download.content, bytes)
    assert (download.name, verify(download.content, PHOTO)) == ("picture.certificate.json", ())


def test_copies_are_made_as_they_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the first is made before the answer begins: more are never in memory together."""
    made: list[int] = []

    def count(content: bytes, **options: object) -> object:
        made.append(len(content))
        return clean(content, **options)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr("mapy.web.cleaning.clean", count)
    download = ask(*[PHOTO] * 5)
    counts = [len(made)]
    counts += [len(made) for _ in download.content]
    assert (counts[:2], counts[-1]) == ([1, 1], 5)


def test_nothing_that_can_be_cleaned_is_a_refusal() -> None:
    """That of the first file."""
    with pytest.raises(Refusal) as refusal:
        ask(b"words", b"")
    assert (refusal.value.code, refusal.value.status) == ("file.unknown-format", 415)


def test_a_fault_at_one_file_loses_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it is, the archive names it and goes on."""

    def fail(content: bytes, **options: object) -> object:
        if content == b"words":
            raise RuntimeError("canary")
        return clean(content, **options)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr("mapy.web.cleaning.clean", fail)
    with archive(ask(PHOTO, b"words")) as found:
        report = found.read("report.json").decode()
    assert ("file.fault" in report, "canary" in report) == (True, False)


@pytest.mark.parametrize(
    ("options", "policy"),
    [
        ({}, policy_of()),
        ({"keep": "none,orientation"}, policy_of(keep="orientation")),
        ({"keep": "none"}, policy_of(keep="none")),
        ({"preset": "press"}, PRESS),
        ({"remove": "place,time", "coarsen": "none"}, policy_of(remove="place,time")),
    ],
)
def test_the_options_name_a_policy(options: dict[str, OptionValue], policy: object) -> None:
    """The same words as on the command line; a form sends `none` beside its ticks."""
    from mapy.web.cleaning import policy_from  # noqa: PLC0415 - of this test alone

    assert policy_from(options) == policy


def test_a_contradiction_is_refused() -> None:
    """Everything, and only a part, cannot both go."""
    with pytest.raises(Refusal, match=r"option\.value"):
        ask(PHOTO, remove="everything,place")


def test_a_copy_keeps_what_is_ticked() -> None:
    """Here the creator."""
    download = ask(PHOTO, keep="creator")
    assert isinstance(download.content, bytes)
    assert "IFD0:Make" not in read(download.content)
