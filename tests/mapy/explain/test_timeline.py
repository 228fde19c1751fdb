"""The history, with what is claimed and what is signed kept apart."""

from __future__ import annotations

from mapy.explain.timeline import Standing, timeline_of
from mapy_explain_builders import metadata_of


def lines(*groups: object) -> list[str]:
    """Each step as a line."""
    return [
        f"{entry.when or '-'} {entry.what} by {entry.software or '-'}, {entry.standing.value}"
        for entry in timeline_of(metadata_of(*groups))  # type: ignore[arg-type]  # mappings, below
    ]


def test_tells_moments_in_their_order() -> None:
    """Whatever the order of the tags."""
    tags = {
        "IFD0:Make": "NIKON",
        "IFD0:Model": "D3",
        "IFD0:Software": "GIMP 2.10",
        "XMP-xmp:MetadataDate": "2020:03:01 10:00:00Z",
        "IFD0:ModifyDate": "2020:02:01 10:00:00",
        "ExifIFD:DateTimeOriginal": "2020:01:01 10:00:00",
        "ExifIFD:CreateDate": "2020:01:01 10:00:00",
    }
    assert lines(tags) == [
        "2020-01-01 10:00:00 taken by NIKON D3, claimed",
        "2020-02-01 10:00:00 last saved by GIMP 2.10, claimed",
        "2020-03-01 10:00:00+00:00 description changed by -, claimed",
    ]


def test_tells_the_events_of_xmp() -> None:
    """Adobe's programs give "converted" and "derived" no moment, and all others one."""
    tags = {
        "XMP-xmpMM:HistoryAction": ["saved", "converted", "derived", "saved"],
        "XMP-xmpMM:HistoryWhen": ["2010:07:14 03:00:00+01:00", "2010:07:14 04:00:00+01:00"],
        "XMP-xmpMM:HistorySoftwareAgent": ["Photoshop CS4", "Photoshop CS5"],
    }
    assert lines(tags) == [
        "2010-07-14 03:00:00+01:00 saved by Photoshop CS4, claimed",
        "2010-07-14 04:00:00+01:00 saved by Photoshop CS5, claimed",
        "- converted to another format by -, claimed",
        "- made from another file by -, claimed",
    ]


def test_does_not_guess_which_event_a_moment_belongs_to() -> None:
    """Where the numbers do not fit, none is told."""
    tags = {
        "XMP-xmpMM:HistoryAction": ["edited", "saved", "saved"],
        "XMP-xmpMM:HistoryWhen": ["2010:07:14 03:00:00", "2010:07:14 04:00:00"],
    }
    assert lines(tags)[0] == "- edited by -, claimed"


def test_tells_the_log_of_photoshop() -> None:
    """A line for each step."""
    log = "2023-09-26T13:54:20-04:00\tFile a.tif opened\nSharpen\n"
    assert lines({"XMP-photoshop:History": log}) == [
        "2023-09-26 13:54:20-04:00 File a.tif opened by Photoshop, claimed",
        "- Sharpen by Photoshop, claimed",
    ]


MANIFEST = (
    {"JUMBF:JUMDLabel": "c2pa.actions"},
    {"CBOR:ActionsAction": ["c2pa.created", "c2pa.drawing"], "CBOR:ActionsWhen": "2022-10-25"},
    {"CBOR:Title": "A.jpg", "CBOR:Relationship": "parentOf"},
    {"CBOR:Claim_generator": "tool/1.0"},
)


def test_what_a_manifest_with_a_signature_says_is_signed() -> None:
    """Signed, and never validated: no signature is checked."""
    expected = [
        "- created by tool/1.0, signed",
        "- drawn upon by tool/1.0, signed",
        "- made from “A.jpg” by tool/1.0, signed",
    ]
    assert lines(*MANIFEST, {"JUMBF:JUMDLabel": "c2pa.signature"}) == expected


def test_without_a_signature_it_is_claimed() -> None:
    """As is what follows the last signature."""
    standings = [entry.standing for entry in timeline_of(metadata_of(*MANIFEST))]
    assert {Standing.CLAIMED} == set(standings)


def test_a_history_without_end_is_cut() -> None:
    """500 steps are told."""
    log = {"XMP-photoshop:History": "step\n" * 10_000}
    assert len(lines({"XMP-xmpMM:HistoryAction": ["saved"] * 10_000}, log)) == 500
