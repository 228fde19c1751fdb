"""MAPy in a real browser, with and without JavaScript."""

from __future__ import annotations

from importlib import resources
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest

from mapy import clean
from mapy.clean.policy import policy_of
from visits import LOOKS, violations

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from visits import Visits

pytestmark = pytest.mark.browser

PHOTO = resources.files("mapy.web").joinpath("sample", "photo.jpg").read_bytes()
PLACE = "43.467447, 11.885128"
CLEAN = "Download the clean copy"
KEPT = "orientation,colour,copyright"


def picture(name: str, content: bytes = PHOTO) -> dict[str, Any]:
    """A file as the browser's file dialog gives it."""
    return {"name": name, "mimeType": "image/jpeg", "buffer": content}


def choose(page: Page, files: list[dict[str, Any]], *, scripted: bool) -> None:
    """Choose files; without scripts the button sends them."""
    page.set_input_files("#images", files)  # type: ignore[arg-type]  # dicts are payloads
    if not scripted:
        page.click("form[data-files] button")
    page.wait_for_selector("[data-result]")


def download(page: Page, button: str) -> tuple[str, bytes]:
    """Name and content of the file that a button gives."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


@pytest.mark.parametrize("scripted", [True, False], ids=["with scripts", "without scripts"])
class TestBothWays:
    """What holds with JavaScript on and off."""

    def test_tells_where_a_picture_was_taken(self, visits: Visits, scripted: bool) -> None:
        """The place stands on top as decimal degrees and as degrees, minutes and seconds."""
        with visits.visit("/mapy/", java_script_enabled=scripted) as visit:
            choose(visit.page, [picture("evening.jpg")], scripted=scripted)
            assert visit.page.inner_text("h1") == "This picture says where it was taken."
            facts = visit.page.inner_text("dl.place")
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
            rows = visit.page.locator("li.row")
            assert rows.count() == len(files)
            assert rows.locator(".mark", has_text="Not read").count() == len(files) - 1
            assert rows.nth(0).locator("details.group").count() > 0
            assert "empty" in rows.nth(1).inner_text().lower()
            assert "no picture" in rows.nth(2).inner_text()

    def test_links_out_only_on_a_click(self, visits: Visits, scripted: bool) -> None:
        """The map is a plain link that says what it discloses."""
        with visits.visit("/mapy/", java_script_enabled=scripted) as visit:
            choose(visit.page, [picture("evening.jpg")], scripted=scripted)
            link = visit.page.get_by_role("link", name="Look at it on openstreetmap.org")
            assert link.get_attribute("rel") == "noopener noreferrer external"
            assert visit.page.locator(".disclosure").inner_text().startswith("Only a click")

    def test_hands_out_a_clean_copy(self, visits: Visits, scripted: bool) -> None:
        """The library's own. With scripts the picture goes along; without it is chosen again."""
        with visits.visit("/mapy/", java_script_enabled=scripted) as visit:
            choose(visit.page, [picture("evening.jpg")], scripted=scripted)
            assert visit.page.locator("[data-chosen]").is_visible() is not scripted
            if not scripted:
                visit.page.set_input_files("#again-images", picture("evening.jpg"))  # type: ignore[arg-type]
            name, content = download(visit.page, CLEAN)
            assert (name, content) == ("picture.jpg", clean(PHOTO).content)

    def test_shows_what_goes_before_the_download(self, visits: Visits, scripted: bool) -> None:
        """The lists, and then the same form, with the ticks as they were."""
        with visits.visit("/mapy/sample/", java_script_enabled=scripted) as visit:
            visit.page.get_by_role("checkbox", name="Copyright").check()
            visit.page.get_by_role("button", name="Show what goes").click()
            visit.page.wait_for_selector(".outcome")
            assert visit.page.locator(".outcome .mark").first.inner_text() == "Proven"
            assert visit.page.get_by_role("checkbox", name="Copyright").is_checked()
            _, content = download(visit.page, CLEAN)
            assert content == clean(PHOTO, policy=policy_of(keep=KEPT)).content

    def test_cleans_several_into_an_archive(self, visits: Visits, scripted: bool) -> None:
        """Four of five: the broken one is named in the report."""
        files = [picture(f"{number}.jpg") for number in range(4)] + [picture("5.jpg", b"words")]
        with visits.visit("/mapy/", java_script_enabled=scripted) as visit:
            choose(visit.page, files, scripted=scripted)
            if not scripted:
                visit.page.set_input_files("#again-images", files)  # type: ignore[arg-type]
            name, content = download(visit.page, "Download the clean copies")
            with ZipFile(BytesIO(content)) as archive:
                names = [f"picture-{number}.jpg" for number in range(1, 5)]
                assert (name, archive.namelist()) == ("pictures.zip", [*names, "report.json"])

    def test_saves_what_was_found(self, visits: Visits, scripted: bool) -> None:
        """Here for a map program, of a sample that nobody has to choose."""
        with visits.visit("/mapy/sample/", java_script_enabled=scripted) as visit:
            visit.page.locator("summary", has_text="Save what was found").click()
            name, content = download(visit.page, "GeoJSON")
            assert (name, b"[11.88512" in content) == ("pictures.geojson", True)

    def test_switches_to_the_values_as_stored(self, visits: Visits, scripted: bool) -> None:
        """By style alone."""
        with visits.visit("/mapy/sample/", java_script_enabled=scripted) as visit:
            row = visit.page.locator("details[data-name=IFD0] tr", has_text="Orientation")
            before = row.locator("td").first.inner_text()
            visit.page.get_by_label("as stored").check()
            after = row.locator("td").first.inner_text()
            assert (before, after) == ("Horizontal (normal)", "1")

    def test_leads_from_a_finding_to_its_tags(self, visits: Visits, scripted: bool) -> None:
        """A click on a tag's name shows its row."""
        with visits.visit("/mapy/sample/", java_script_enabled=scripted) as visit:
            visit.page.locator(".finding.high a", has_text="GPS:GPSLatitude").nth(1).click()
            target = visit.page.locator("tr:target th")
            assert target.inner_text() == "GPSLatitude"


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
            names = visit.page.locator(".group tbody tr:visible th").all_inner_texts()
            assert names == ["GPSLatitudeRef", "GPSLatitude"]
            assert visit.page.inner_text(".filter [role=status]") == "2 found"

    def test_shows_one_group_alone(self, visits: Visits) -> None:
        """The one that is chosen."""
        with visits.visit("/mapy/sample/") as visit:
            visit.page.get_by_label("Group", exact=True).select_option("JFIF")
            assert visit.page.inner_text(".filter [role=status]") == "4 found"
            shown = visit.page.locator("details.group:visible > summary").all_inner_texts()
            assert shown == ["JFIF 4"]

    def test_zooms_the_map_by_button_and_by_key(self, visits: Visits) -> None:
        """The picture grows, and the keys work while a button has the focus."""
        with visits.visit("/mapy/sample/") as visit:
            svg = visit.page.locator(".map-place-view")
            before = svg.get_attribute("viewBox")
            visit.page.get_by_role("button", name="Zoom in").first.click()
            closer = svg.get_attribute("viewBox")
            visit.page.keyboard.press("-")
            assert (closer != before, svg.get_attribute("viewBox")) == (True, before)

    def test_compares_the_pictures_that_are_ticked(self, visits: Visits) -> None:
        """Two of three, without choosing them again."""
        other = PHOTO.replace(b"Sam Example", b"Ann Example")
        files = [picture("one.jpg"), picture("two.jpg"), picture("three.jpg", other)]
        with visits.visit("/mapy/") as visit:
            choose(visit.page, files, scripted=True)
            for number in (0, 2):
                visit.page.locator(f"[data-pick='{number}']").check()
            visit.page.get_by_role("button", name="Compare").click()
            visit.page.wait_for_selector(".compared")
            names = visit.page.locator("#different ~ .scroll thead th").all_inner_texts()
            assert names == ["Tag", "one.jpg", "three.jpg"]

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
            visit.page.wait_for_selector("li.row")
            assert visit.page.locator("li.row h2").all_inner_texts() == [
                "one.jpg",
                "two.jpg",
            ]

    def test_reads_again_and_again_on_one_page(self, visits: Visits) -> None:
        """The form in an answer works like the first: its token and session are fresh."""
        with visits.visit("/mapy/") as visit:
            for name in ("one.jpg", "two.jpg", "three.jpg"):
                choose(visit.page, [picture(name)], scripted=True)
                visit.page.wait_for_selector(f"article.picture .name bdi:text-is('{name}')")

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
        assert visit.page.inner_text("article .name") == name
        assert visit.page.locator("article img[src=x], article b").count() == 0


RESULTS = {
    "several": None,
    "what goes": "Show what goes and what stays",
    "compared": "Compare up to 20 of them",
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("result", RESULTS)
def test_each_result_is_accessible(visits: Visits, result: str, look: str) -> None:
    """No axe violation, and nothing wider than the screen, in every look."""
    files = [picture(f"{number}.jpg") for number in range(2)] + [picture("3.jpg", b"words")]
    with visits.visit("/mapy/", bypass_csp=True, **LOOKS[look]) as visit:
        choose(visit.page, files, scripted=True)
        button = RESULTS[result]
        if button:
            visit.page.get_by_role("button", name=button).click()
            visit.page.wait_for_selector(".outcome, .compared", state="attached")
        visit.page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
        wide = visit.page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
        assert (violations(visit.page), wide <= 0) == ([], True)


def test_the_keyboard_alone_reaches_the_clean_copy(visits: Visits) -> None:
    """From the heading of the result by Tab and Enter."""
    with visits.visit("/mapy/") as visit:
        choose(visit.page, [picture("evening.jpg")], scripted=True)
        for _ in range(12):
            visit.page.keyboard.press("Tab")
            if visit.page.evaluate("document.activeElement.innerText") == CLEAN:
                break
        with visit.page.expect_download() as waiting:
            visit.page.keyboard.press("Enter")
        assert waiting.value.suggested_filename == "picture.jpg"
