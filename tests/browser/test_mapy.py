"""MAPy in a real browser, with and without JavaScript."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from visits import Visits

pytestmark = pytest.mark.browser

PHOTO = resources.files("mapy.web").joinpath("sample", "photo.jpg").read_bytes()
PLACE = "43.467447, 11.885128"


def picture(name: str, content: bytes = PHOTO) -> dict[str, Any]:
    """A file as the browser's file dialog gives it."""
    return {"name": name, "mimeType": "image/jpeg", "buffer": content}


def choose(page: Page, files: list[dict[str, Any]], *, scripted: bool) -> None:
    """Choose files; without scripts the button sends them."""
    page.set_input_files("#images", files)  # type: ignore[arg-type]  # dicts are payloads
    if not scripted:
        page.click("form[data-files] button")
    page.wait_for_selector("article.picture")


@pytest.mark.parametrize("scripted", [True, False], ids=["with scripts", "without scripts"])
class TestBothWays:
    """What holds with JavaScript on and off."""

    def test_tells_where_a_picture_was_taken(self, visits: Visits, scripted: bool) -> None:
        """The place stands on top as decimal degrees and as degrees, minutes and seconds."""
        with visits.visit("/mapy/", java_script_enabled=scripted) as visit:
            choose(visit.page, [picture("evening.jpg")], scripted=scripted)
            assert visit.page.inner_text("h1") == "This picture says where it was taken"
            facts = visit.page.inner_text("dl.facts")
            assert PLACE in facts
            assert "43° 28′ 2.81″ N" in facts

    def test_lists_every_tag_by_group(self, visits: Visits, scripted: bool) -> None:
        """Each directory is a group of rows with name, value and place in the file."""
        with visits.visit("/mapy/", java_script_enabled=scripted) as visit:
            choose(visit.page, [picture("evening.jpg")], scripted=scripted)
            groups = visit.page.locator("details.group").evaluate_all(
                "groups => groups.map(group => group.dataset.name)"
            )
            assert {"IFD0", "ExifIFD", "GPS", "IFD1", "XMP-dc", "XMP-xmp", "JFIF"} <= set(groups)
            row = visit.page.locator("details[data-name=ExifIFD] tr", has_text="ExposureTime")
            assert row.locator("td").all_inner_texts()[0] == "1/60"

    def test_names_what_it_cannot_read_and_shows_the_others(
        self,
        visits: Visits,
        scripted: bool,
    ) -> None:
        """A broken, an empty and a foreign file are named with the reason."""
        files = [
            picture("good.jpg"),
            picture("empty.jpg", b""),
            picture("words.jpg", b"just words, no picture"),
            picture("cut.jpg", PHOTO[:3]),
        ]
        with visits.visit("/mapy/", java_script_enabled=scripted) as visit:
            choose(visit.page, files, scripted=scripted)
            articles = visit.page.locator("article.picture")
            assert articles.count() == len(files)
            assert articles.locator(".mark", has_text="Not read").count() == len(files) - 1
            assert articles.nth(0).locator("details.group").count() > 0
            assert "empty" in articles.nth(1).inner_text().lower()
            assert "no picture" in articles.nth(2).inner_text()

    def test_links_out_only_on_a_click(self, visits: Visits, scripted: bool) -> None:
        """The map is a plain link that says what it discloses."""
        with visits.visit("/mapy/", java_script_enabled=scripted) as visit:
            choose(visit.page, [picture("evening.jpg")], scripted=scripted)
            link = visit.page.get_by_role("link", name="Look at it on openstreetmap.org")
            assert link.get_attribute("rel") == "noopener noreferrer external"
            assert visit.page.locator("dl.facts .hint").inner_text().startswith("Only a click")


class TestWithScripts:
    """What scripts add."""

    def test_stays_on_the_page_and_moves_the_focus_to_the_result(self, visits: Visits) -> None:
        """The answer replaces the content, and the heading of the result has the focus."""
        with visits.visit("/mapy/") as visit:
            visit.page.evaluate("window.untouched = true")
            choose(visit.page, [picture("evening.jpg")], scripted=True)
            assert visit.page.evaluate("window.untouched") is True
            assert visit.page.evaluate("document.activeElement.tagName") == "H1"

    def test_shows_the_picture_from_the_browsers_own_memory(self, visits: Visits) -> None:
        """The preview is a blob of the sender's file: nothing of it comes back from the server."""
        with visits.visit("/mapy/") as visit:
            choose(visit.page, [picture("evening.jpg")], scripted=True)
            visit.page.wait_for_selector("figure img[src^='blob:']")
            width = visit.page.evaluate("document.querySelector('figure img').naturalWidth")
            assert width == 1200

    def test_searches_names_and_values(self, visits: Visits) -> None:
        """Typing leaves the rows that hold all the words, and says how many there are."""
        with visits.visit("/mapy/") as visit:
            choose(visit.page, [picture("evening.jpg")], scripted=True)
            visit.page.fill("input[type=search]", "gps latitude")
            names = visit.page.locator("tbody tr:visible th").all_inner_texts()
            assert names == ["GPSLatitudeRef", "GPSLatitude"]
            assert visit.page.inner_text(".filter [role=status]") == "2 found"

    def test_takes_files_that_are_dropped_anywhere(self, visits: Visits) -> None:
        """Files dropped on the page are read as if chosen."""
        with visits.visit("/mapy/") as visit:
            transfer = visit.page.evaluate_handle(
                """bytes => {
                    const transfer = new DataTransfer();
                    for (const name of ["one.jpg", "two.jpg"])
                        transfer.items.add(new File([new Uint8Array(bytes)], name));
                    return transfer;
                }""",
                list(PHOTO),
            )
            visit.page.dispatch_event("main", "drop", {"dataTransfer": transfer})
            visit.page.wait_for_selector("article.picture")
            assert visit.page.locator("article.picture h2").all_inner_texts() == [
                "one.jpg",
                "two.jpg",
            ]

    def test_reads_again_and_again_on_one_page(self, visits: Visits) -> None:
        """The form in an answer works like the first: its token and session are fresh."""
        with visits.visit("/mapy/") as visit:
            for name in ("one.jpg", "two.jpg", "three.jpg"):
                choose(visit.page, [picture(name)], scripted=True)
                visit.page.wait_for_selector(f"article.picture h2:text-is('{name}')")

    def test_refuses_too_many_files_before_sending_them(self, visits: Visits) -> None:
        """Over the limit nothing is sent, and the page says so."""
        with visits.visit("/mapy/") as visit:
            visit.page.set_input_files(
                "#images",
                [picture(f"{i}.jpg", b"x") for i in range(201)],  # type: ignore[arg-type]
            )
            assert visit.page.inner_text("[data-say]") == (
                "At most 200 files at once. Nothing was sent."
            )


def test_markup_in_names_and_values_stays_text(visits: Visits) -> None:
    """What a file says is shown as text, whatever it says."""
    name = "<img src=x onerror=alert(1)>.jpg"
    content = PHOTO.replace(b"Evening over the hills", b"<b onclick=alert(1)>Evening  ")
    with visits.visit("/mapy/") as visit:
        choose(visit.page, [picture(name, content)], scripted=True)
        assert visit.page.inner_text("article h2") == name
        assert visit.page.locator("article img[src=x], article b").count() == 0
