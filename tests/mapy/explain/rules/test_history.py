"""What the history of a file gives away."""

from __future__ import annotations

import pytest

from mapy import Weight
from mapy_explain_builders import findings, what

SIZE = {"File:ImageWidth": 1200, "File:ImageHeight": 900}


@pytest.mark.parametrize(
    ("tags", "rule", "weight", "sentence"),
    [
        (
            {"IFD0:Software": "GIMP 2.10", "XMP-xmp:CreatorTool": "GIMP 2.10"},
            "history.software",
            Weight.NOTE,
            "Software that wrote or changed it is named: GIMP 2.10.",
        ),
        (
            {
                "XMP-xmpMM:HistoryAction": ["created", "saved"],
                "XMP-xmpMM:HistoryWhen": ["2020:01:02 10:00:00Z", "2020:02:03 10:00:00Z"],
            },
            "history.steps",
            Weight.LOOK,
            "The file tells how it was worked on, from 2020-01-02 to 2020-02-03. Steps: 2.",
        ),
        (
            {"XMP-xmpMM:DocumentID": "xmp.did:1", "XMP-xmpMM:OriginalDocumentID": "xmp.did:2"},
            "history.documents",
            Weight.LOOK,
            (
                "Numbers link this file to the document it was made from and to its other versions."
                " Such tags: 2, in XMP."
            ),
        ),
        (
            {"IPTC:SpecialInstructions": "FBMD01000a9e0d00001234"},
            "history.platform",
            Weight.LOOK,
            (
                "The picture went through Facebook or Instagram, which left a mark:"
                " FBMD01000a9e0d00001234."
            ),
        ),
        (
            {
                "ExifIFD:DateTimeOriginal": "2020:01:01 10:00:00",
                "IFD0:ModifyDate": "2020:01:03 12:00:00",
            },
            "history.saved-later",
            Weight.NOTE,
            "It was saved again on 2020-01-03 12:00, 2 d 2 h after it was taken.",
        ),
        (
            {"XMP-crs:Exposure2012": "+0.50", "XMP-crs:Contrast2012": "10"},
            "history.recipe",
            Weight.NOTE,
            "The settings of its development are in the file. Such tags: 2, in XMP.",
        ),
        (
            {**SIZE, "ExifIFD:ExifImageWidth": 4000, "ExifIFD:ExifImageHeight": 3000},
            "history.size",
            Weight.NOTE,
            "The picture was resized: from 4000 × 3000 pixels to 1200 × 900.",
        ),
        (
            {**SIZE, "ExifIFD:ExifImageWidth": 4000, "ExifIFD:ExifImageHeight": 2000},
            "history.size",
            Weight.LOOK,
            (
                "The picture was cropped: by its own word it has 4000 × 2000 pixels, but it has"
                " 1200 × 900, which is another shape."
            ),
        ),
    ],
)
def test_tells_the_history(
    tags: dict[str, object], rule: str, weight: Weight, sentence: str
) -> None:
    """Software, steps, documents, platforms, later changes."""
    found = findings(tags)
    assert sentence == what(found, rule)
    assert found[rule].weight is weight


@pytest.mark.parametrize(
    "size", [(1200, 900), (900, 1200), (0, 0), (8, 8)], ids=["same", "turned", "none", "tiny"]
)
def test_a_size_that_fits_is_no_finding(size: tuple[int, int]) -> None:
    """The same, turned, or no size at all."""
    tags = {**SIZE, "ExifIFD:ExifImageWidth": size[0], "ExifIFD:ExifImageHeight": size[1]}
    assert "history.size" not in findings(tags)


def test_one_save_by_a_camera_is_no_history() -> None:
    """Taken and written at the same moment."""
    tags = {
        "ExifIFD:DateTimeOriginal": "2020:01:01 10:00:00",
        "IFD0:ModifyDate": "2020:01:01 10:00:00",
    }
    assert [rule for rule in findings(tags) if rule.startswith("history.")] == []
