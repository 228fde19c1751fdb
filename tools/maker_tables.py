"""Write the tables of the makers' notes from the list that ExifTool publishes of what it knows.

    exiftool -listx -f > tags.xml
    python tools/maker_tables.py tags.xml

One file a maker in `src/mapy/tags/makers`. What the list does not tell (how blocks nest, how
numbers become values) is ours and stands in `src/mapy/makernotes`. The columns of a row are told
in `src/mapy/tags/makers/__init__.py`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterable

TARGET = Path(__file__).parent.parent / "src/mapy/tags/makers"
HEAD = "# Written by `python tools/maker_tables.py`; change it there.\n"
MOVIES = {"AVI", "AVITags", "AVIVers", "MOV", "MP4", "MOV1", "MOV2", "FFMV", "MovieInfo2"}
"""Tables of films, which MAPy does not read."""
SHARED_FROM = 6
"""Lists of so many words that stand more than once are written once."""
JOINED = {
    "CanonCustom": "Canon",
    "CanonRaw": "Canon",
    "KyoceraRaw": "Kyocera",
    "MinoltaRaw": "Minolta",
    "NikonCapture": "Nikon",
    "NikonCustom": "Nikon",
    "NikonSettings": "Nikon",
    "PanasonicRaw": "Panasonic",
    "SigmaRaw": "Sigma",
    "SonyIDC": "Sony",
}
"""Makers with tables under more than one name."""
OTHERS = (
    "Canon",
    "CanonVRD",
    "SigmaRaw",
    "PanasonicRaw",
    "GoPro",
    "DJI",
    "InfiRay",
    "Leaf",
    "MIE",
    "Qualcomm",
)
"""Tables that the list puts elsewhere than under the makers' notes."""


HIDDEN = {
    ("nikon", "MakerNotes0x56"): ("4\t\tBurstFlag\tint8u",),
    ("sony", "Tag9402"): ("2\t\tTempTest1\tint8u",),
    ("sony", "Tag9403"): ("4\t\tTempTest2\tint8u",),
    ("sony", "Tag9406b"): (
        "1\t\tBattery2\tint8u",
        "4\t\tBatteryStatus1\tint8u",
        "6\t\tBatteryStatus2\tint8u",
    ),
}
"""Rows that the list leaves out, and that others depend on."""
UNUSED = {"Google"}
"""Makers whose tables are ours."""
BIT = "Bit"
"""In front of the number of a bit."""
UNKNOWN = "?"
"""Stands for a code without a word of its own; see `mapy.tags.definition.UNKNOWN`."""
EACH = "*"
"""Stands for the places of a list that have words of their own; see `mapy.wording.EACH`."""
HEXADECIMAL: set[tuple[str, str | None]] = {
    (table, number)
    for line in Path(__file__).with_name("maker_tables_hexadecimal.tsv").read_text().splitlines()
    if not line.startswith("#")
    for table, _, numbers in [line.partition("\t")]
    for number in numbers.split()
}
"""Tags, by table and id, whose unknown codes are said in hexadecimal; the list does not tell."""


def words(tag: ET.Element, table: str) -> tuple[str, ...]:
    """What each value of a tag means: `code=word`; a bit is the number that has it alone.

    Last comes how a code without a word is said, where that is not by its decimal digits.
    """
    found: dict[str, str] = {}
    unknown = ""
    lists = tag.findall("values")
    places = [each.get("index") or "" for each in lists if each.get("index")]
    keys = ((each.get("index") or "0", key) for each in lists for key in each.findall("key"))
    for place, key in keys:
        name = key.find("val[@lang='en']")
        code = key.get("id") or ""
        if code.startswith(BIT):
            code = str(1 << int(code.removeprefix(BIT)))
            unknown = "bits"
            if place == "0" and code in found:
                continue
        if name is not None and name.text is not None:
            text = name.text.replace("\t", " ").replace("\n", " ")
            if place != "0":
                code = f"{place}:{code}"
            found[code] = f"{code}={text}"
    number, variant = tag.get("id"), tag.get("index")
    if found and not unknown and {(table, number), (table, f"{number}#{variant}")} & HEXADECIMAL:
        unknown = "0x"
    if places:
        found[EACH] = f"{EACH}={' '.join(places)}"
    if unknown:
        found[UNKNOWN] = f"{UNKNOWN}={unknown}"
    return tuple(found.values())


def main(source: str) -> None:
    """Write the tables of every maker."""
    makers: dict[str, list[tuple[str, ET.Element]]] = defaultdict(list)
    for table in ET.parse(source).getroot():
        module, _, name = (table.get("name") or "").partition("::")
        if (table.get("g0") == "MakerNotes" or module in OTHERS) and name not in MOVIES:
            section = name if module not in JOINED else f"{module[len(JOINED[module]) :]}.{name}"
            makers[JOINED.get(module, module)].append((section, table))
    for maker in makers.keys() - UNUSED:
        write(maker, makers[maker])


def write(maker: str, tables: Iterable[tuple[str, ET.Element]]) -> None:
    """Write one maker's tables."""
    tables = list(tables)
    lists = Counter(
        words(tag, table.get("name") or "") for _, table in tables for tag in table.findall("tag")
    )
    repeated = [words for words, times in lists.items() if times > 1 and len(words) >= SHARED_FROM]
    shared = {words: f"@{number}" for number, words in enumerate(repeated)}
    lines = [HEAD]
    lines += [f"{name}\t" + "\t".join(meanings) + "\n" for meanings, name in shared.items()]
    for section, table in tables:
        lines.append(f"={section}\t{table.get('g1')}\n")
        lines += [f"{row}\n" for row in HIDDEN.get((maker.lower(), section), ())]
        for tag in table.findall("tag"):
            flags = (tag.get("flags") or "").split(",")
            if "Unknown" in flags:
                continue
            meanings = words(tag, table.get("name") or "")
            row = (
                tag.get("id") or "",
                tag.get("index") or "",
                tag.get("name") or "",
                (tag.get("type") or "").replace("?", ""),
                tag.get("count") or "",
                "binary" if "Binary" in flags else "",
                *((shared[meanings],) if meanings in shared else meanings),
            )
            lines.append("\t".join(row).rstrip("\t") + "\n")
    (TARGET / f"{maker.lower()}.tsv").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
