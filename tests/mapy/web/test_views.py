"""MAPy's page in the workbench, without JavaScript."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import unescape
from importlib import resources
from io import BytesIO
import logging
import re
from typing import TYPE_CHECKING

import pytest

from mapy import clean, read
from mapy.clean.policy import policy_of
from mapy.web import listing, picture, tool
from mapy_builders import camera, exif, jpeg, segment, tiff
from mapy_decoding_builders import with_stale_thumbnail
from safelight.app import create_app
from safelight.settings import Settings

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

PHOTO = resources.files("mapy.web").joinpath("sample", "photo.jpg").read_bytes()
HUGE = PHOTO + bytes(100_000)
LIMITS = {"MAPY_MAX_IMAGE_BYTES": str(len(PHOTO)), "MAPY_MAX_IMAGES": "5"}


@pytest.fixture
def client() -> FlaskClient:
    """A browser before a workbench with MAPy alone."""
    settings = Settings({**LIMITS, "SAFELIGHT_RATE_LIMITS": "off"})
    return create_app(settings, tools=[tool]).test_client()


def post(
    client: FlaskClient, *files: tuple[str, bytes], to: str = "", **options: str | list[str]
) -> TestResponse:
    """Send the page's own form, token and all."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/mapy/").text)
    assert token
    images = [(BytesIO(content), name) for name, content in files]
    form = {"csrf_token": token[1], "images": images, **options}
    return client.post(f"/mapy/{to}", data=form, content_type="multipart/form-data")


def heading(answer: TestResponse) -> str:
    """The first heading of a page."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", answer.text)
    assert found
    return unescape(found[1])


def tags(answer: TestResponse) -> list[str]:
    """The names of the tags that a page lists."""
    return tags_of_listing(answer.text)


def tags_of_listing(text: str) -> list[str]:
    """The names of the rows below "Everything in the file"."""
    return re.findall(r'role="rowheader" scope="row">(\w+)</th>', text)


def test_the_card_leads_to_the_page_and_to_the_sample(client: FlaskClient) -> None:
    """The landing page is where people begin."""
    text = client.get("/").text
    assert ('href="/mapy/"' in text, 'href="/mapy/sample/"' in text) == (True, True)


def test_one_picture_is_summed_up_in_its_heading(client: FlaskClient) -> None:
    """The place is what people have to know first."""
    answer = post(client, ("evening.jpg", PHOTO))
    assert (answer.status_code, heading(answer)) == (200, "This picture says where it was taken.")


@pytest.mark.parametrize("others", [(), (("evening.jpg", PHOTO),)], ids=["one", "several"])
def test_says_that_a_thumbnail_shows_something_else_if_asked(
    client: FlaskClient, others: tuple[tuple[str, bytes], ...]
) -> None:
    """The box in the form is ticked; without it only shapes are compared."""
    files = [("rings.jpg", with_stale_thumbnail()), *others]
    stale = "shows something else"
    form = client.get("/mapy/").text
    asked, unasked = post(client, *files, compare="on"), post(client, *files)

    assert 'name="compare" type="checkbox" value="on" checked' in form
    assert (stale in asked.text, stale in unasked.text) == (True, False)


def test_several_pictures_are_counted(client: FlaskClient) -> None:
    """How many say where they were taken, and how many could not be read."""
    answer = post(client, ("a.jpg", PHOTO), ("b.jpg", b"words"), ("c.jpg", PHOTO))
    expected = "2 of 3 files say where they were taken; 1 could not be read"
    assert (answer.status_code, heading(answer)) == (200, expected)


def test_the_summary_says_when_and_with_what(client: FlaskClient) -> None:
    """Place, date with zone, camera and lens, file."""
    text = unescape(post(client, ("evening.jpg", PHOTO)).text)
    summary = text.partition('<dl class="facts">')[2].partition("</dl>")[0]
    for words in (
        "near the centre of Arezzo, Italy",
        "2026-05-16 20:31:44 (UTC+02:00)",
        "Lumen F2, Lumen 35mm F2.8",
        "JPEG, 1200 × 800 pixels",
    ):
        assert words in summary


def test_each_finding_says_what_why_and_what_removes_it(client: FlaskClient) -> None:
    """And it leads to the row of each tag that says so."""
    text = unescape(post(client, ("evening.jpg", PHOTO)).text)
    finding = text.partition('<li class="finding high">')[2].partition("</li>")[0]
    for words in ("The file says where", "Whoever gets the file", "A clean copy removes"):
        assert words in finding
    anchors = re.findall(r'href="#(\w+)">GPS:GPSLatitude<', finding)
    assert re.findall(rf'id="{anchors[0]}">\s*<th[^>]*>(\w+)<', text) == ["GPSLatitude"]


def test_the_place_is_drawn_and_written_in_every_way(client: FlaskClient) -> None:
    """Maps of our own, and text for those who see none."""
    text = unescape(post(client, ("evening.jpg", PHOTO)).text)
    assert text.count('<svg xmlns="http://www.w3.org/2000/svg" class="map') == 2
    for words in ("43.467447, 11.885128", "43° 28′ 2.81″ N", "geo:43.467447,11.885128", "8FMHFV8P"):
        assert words in text


def test_each_tag_has_a_sentence_on_what_it_means(client: FlaskClient) -> None:
    """In every row of the table."""
    text = post(client, ("evening.jpg", PHOTO)).text
    meanings = re.findall(r'class="meaning">([^<]*)<', text)
    assert (len(meanings), "" in meanings) == (len(tags_of_listing(text)), False)


def test_the_page_lists_what_the_api_answers(client: FlaskClient) -> None:
    """Each tag of the API stands on the page, and no other."""
    form = {"images": (BytesIO(PHOTO), "evening.jpg")}
    (found,) = client.post("/api/v1/mapy/read", data=form).json  # type: ignore[misc]
    expected = sorted(key.partition(":")[2] for key in found if ":" in key)
    assert sorted(tags(post(client, ("evening.jpg", PHOTO)))) == expected


def test_the_options_choose_a_group_and_a_tag(client: FlaskClient) -> None:
    """The search of a page without scripts."""
    answer = post(client, ("evening.jpg", PHOTO), group="gps", tag="GPSAltitude")
    assert tags(answer) == ["GPSAltitude"]


def test_machine_values_stand_in_the_place_of_words(client: FlaskClient) -> None:
    """As with `mapy show -n`."""
    answer = post(client, ("evening.jpg", PHOTO), tag="ExposureTime", numeric="on")
    assert "0.01666666667" in answer.text
    assert "1/60" not in answer.text


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (b"", 422, "empty"),
        (b"words", 415, "no picture"),
        (PHOTO[:3], 422, "broken"),
        (HUGE, 413, "MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_the_reason(
    client: FlaskClient, content: bytes, status: int, words: str
) -> None:
    """The status says it too, as nothing else was asked for."""
    answer = post(client, ("evening.jpg", content))
    assert answer.status_code == status
    assert words in answer.text
    assert "<form" in answer.text


def test_one_picture_too_large_leaves_the_others(client: FlaskClient) -> None:
    """It is refused by itself."""
    answer = post(client, ("large.jpg", HUGE), ("evening.jpg", PHOTO))
    assert (answer.status_code, answer.text.count("Not read")) == (200, 1)


def test_too_many_files_are_refused_as_a_whole(client: FlaskClient) -> None:
    """With the limit, and the form again."""
    answer = post(client, *[(f"{number}.jpg", PHOTO) for number in range(6)])
    assert 400 <= answer.status_code < 500
    assert "<form" in answer.text


def test_no_file_at_all_is_said(client: FlaskClient) -> None:
    """The button without a choice."""
    answer = post(client)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_names_are_text_whatever_they_say(client: FlaskClient) -> None:
    """Markup and signs that turn the writing round are shown, not obeyed."""
    answer = post(client, ("<b>\u202egpj.exe", PHOTO))
    assert "<b>" not in answer.text
    assert "&lt;b&gt;&lt;U+202E&gt;gpj.exe" in answer.text


@pytest.mark.parametrize("to", ["", "clean/report/", "compare/"])
def test_a_name_keeps_its_own_direction(client: FlaskClient, to: str) -> None:
    """`45-a.jpg` does not become `a.jpg-45` on a page that is read from the right."""
    sent = [("45-a.jpg", PHOTO), ("45-b.jpg", PHOTO), ("45-c.jpg", b"words")]
    pages = [post(client, *sent, to=to)]
    if not to:
        pages += [post(client, each) for each in sent]
    for page in pages:
        elements = re.findall(r"(<\w[^>]*>)\s*45-[abc]\.jpg", page.text)
        assert elements
        assert set(elements) == {"<bdi>"}


def test_the_preview_of_a_large_picture_is_the_one_inside_it(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page carries no large file back; the thumbnail is in the file anyway."""
    monkeypatch.setattr(picture, "PREVIEW_BYTES", len(PHOTO) - 1)
    answer = post(client, ("large.jpg", PHOTO))
    thumbnail = b64encode(PHOTO[PHOTO.index(b"\xff\xd8", 2) :][:300]).decode()
    assert "The small picture inside the file" in answer.text
    assert f"data:image/jpeg;base64,{thumbnail}" in answer.text


def test_nothing_of_a_picture_is_logged(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither its name nor a value, at any level."""
    with caplog.at_level(logging.DEBUG):
        post(client, ("canary-name.jpg", PHOTO.replace(b"Evening over", b"canary value")))
    assert "canary" not in caplog.text


@pytest.mark.parametrize("program", ["<script>alert(1)</script>", '<g onload="alert(1)"/>'])
def test_a_drawing_that_holds_a_program_is_refused(client: FlaskClient, program: str) -> None:
    """However it is named; the command line still reads it."""
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg">{program}</svg>'.encode()
    answer = post(client, ("drawing.svg", drawing))
    assert (answer.status_code, "holds a program" in answer.text) == (415, True)


def test_a_clean_copy_is_handed_out(client: FlaskClient) -> None:
    """The same as the library's, under a name that says nothing, and kept by no cache."""
    answer = post(client, ("evening.jpg", PHOTO), to="clean/", keep=["none", "orientation"])
    expected = clean(PHOTO, policy=policy_of(keep="orientation")).content
    assert (
        answer.data,
        answer.headers["Content-Disposition"],
        answer.headers["Cache-Control"],
    ) == (
        expected,
        'attachment; filename="picture.jpg"',
        "no-store",
    )


def test_a_purpose_decides_what_is_kept(client: FlaskClient) -> None:
    """The ticks are there in the form whatever the purpose, and mean nothing beside one."""
    answer = post(client, ("a.jpg", PHOTO), to="clean/", keep=["none", "colour"], preset="press")
    assert read(answer.data)["IFD0:Artist"].machine == "Sam Example"


def test_what_goes_and_what_stays_is_shown_before(client: FlaskClient) -> None:
    """Three lists, check sums of both files, the proof, and the same form to download it."""
    answer = post(client, ("evening.jpg", PHOTO), to="clean/report/", keep=["none", "copyright"])
    for words in ("Removed", "Kept", "Could not be removed", sha256(PHOTO).hexdigest(), "Pixels"):
        assert words in answer.text
    ticks = re.findall(r'name="keep" value="(\w+)" checked', answer.text)
    assert (answer.status_code, ticks) == (200, ["copyright"])


def test_what_cannot_be_cleaned_is_said(client: FlaskClient) -> None:
    """A file that is no picture is no download."""
    for place in ("clean/", "clean/report/"):
        answer = post(client, ("a.jpg", b"words"), to=place)
        assert (answer.status_code, "no picture" in answer.text) == (415, True)


@pytest.mark.parametrize("place", ["clean/", "clean/report/", "export/"])
def test_the_sample_needs_no_choosing(client: FlaskClient, place: str) -> None:
    """It is here already."""
    answer = post(client, to=f"sample/{place}")
    assert answer.status_code == 200


def test_several_are_compared(client: FlaskClient) -> None:
    """What differs, what is not in all, what is the same."""
    other = PHOTO.replace(b"Sam Example", b"Ann Example")
    answer = post(client, ("a.jpg", PHOTO), ("b.jpg", other), to="compare/")
    assert heading(answer) == "4 tags differ"
    assert "Ann Example" in answer.text


def test_comparing_takes_two(client: FlaskClient) -> None:
    """One that can be read is too few."""
    answer = post(client, ("a.jpg", PHOTO), ("b.jpg", b"words"), to="compare/")
    assert (answer.status_code, "takes two" in answer.text) == (422, True)


def test_several_together_say_more(client: FlaskClient) -> None:
    """What links them, who gives what away, one map and one order in time."""
    text = unescape(post(client, ("a.jpg", PHOTO), ("a.jpg", PHOTO), ("c.jpg", b"")).text)
    for words in (
        "2 pictures share the serial number of a camera",
        "Who gives what away",
        "2 places are marked",
        "When they were taken",
        "a.jpg (2)",
    ):
        assert words in text


def test_three_broken_of_two_hundred_leave_the_others() -> None:
    """197 results, three named errors, and a page of bounded size."""
    app = create_app(Settings({"SAFELIGHT_RATE_LIMITS": "off"}), tools=[tool])
    small = jpeg(exif(tiff(camera())))
    files = [(f"{number}.jpg", b"" if number % 70 == 5 else small) for number in range(200)]
    answer = post(app.test_client(), *files)
    found = re.findall(r'class="card row( broken)?"', answer.text)
    assert (len(found), found.count(" broken")) == (200, 3)
    assert len(answer.data) < 4_000_000
    assert heading(answer) == "197 of 200 files say where they were taken; 3 could not be read"


def test_markup_of_a_file_stays_text_on_every_page(client: FlaskClient) -> None:
    """Whatever a file says of itself."""
    evil = PHOTO.replace(b"Evening over the hills", b"<b onclick=x>Evening  ")
    for answer in (
        post(client, ("<b>", evil)),
        post(client, ("<b>", evil), ("<b>", PHOTO)),
        post(client, ("<b>", evil), ("<b>", PHOTO), to="compare/"),
        post(client, ("<b>", evil), to="clean/report/"),
    ):
        assert (answer.status_code, re.findall("<b[ >]", answer.text)) == (200, [])


def test_a_hostile_number_of_tags_makes_no_hostile_page(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first are listed, and the others counted."""
    monkeypatch.setattr(listing, "MOST_ROWS", 10)
    answer = post(client, ("evening.jpg", PHOTO))
    assert (len(tags(answer)), "41 more tags are not listed" in answer.text) == (10, True)


@pytest.mark.parametrize(("action", "name"), [("clean", "picture.jpg"), ("export", "pictures.csv")])
def test_programs_get_the_same_files(client: FlaskClient, action: str, name: str) -> None:
    """From the API, to be saved under the same names."""
    form = {"images": (BytesIO(PHOTO), "evening.jpg")}
    answer = client.post(f"/api/v1/mapy/{action}", data=form)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_a_signature_is_not_lost_without_a_word(client: FlaskClient) -> None:
    """The form warns before a copy loses Content Credentials."""
    box = b"\0\0\0\x10jumb\0\0\0\x08jumd"
    signed = jpeg(segment(0xEB, b"JP\0\1\0\0\0\1" + box))
    assert "content credentials" in post(client, ("a.jpg", signed)).text


def test_a_refused_cleaning_comes_with_the_form(client: FlaskClient) -> None:
    """Whatever was asked for, what was wrong can be mended where it is told."""
    answer = post(client, *[(f"{number}.jpg", b"") for number in range(6)], to="clean/")

    assert answer.status_code == 413
    assert ('role="alert"' in answer.text, 'name="images"' in answer.text) == (True, True)
