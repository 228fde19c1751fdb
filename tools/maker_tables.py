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
OTHERS = ("Canon", "SigmaRaw", "PanasonicRaw", "GoPro", "DJI", "Google", "Leaf", "Qualcomm")
"""Tables that the list puts elsewhere than under the makers' notes."""


def words(tag: ET.Element) -> tuple[str, ...]:
    """What each value of a tag means: `code=word`."""
    found = []
    for key in tag.iter("key"):
        name = key.find("val[@lang='en']")
        if name is not None and name.text is not None:
            text = name.text.replace("\t", " ").replace("\n", " ")
            found.append(f"{key.get('id')}={text}")
    return tuple(found)


def main(source: str) -> None:
    """Write the tables of every maker."""
    makers: dict[str, list[tuple[str, ET.Element]]] = defaultdict(list)
    for table in ET.parse(source).getroot():
        module, _, name = (table.get("name") or "").partition("::")
        if (table.get("g0") == "MakerNotes" or module in OTHERS) and name not in MOVIES:
            section = name if module not in JOINED else f"{module[len(JOINED[module]) :]}.{name}"
            makers[JOINED.get(module, module)].append((section, table))
    for maker, tables in makers.items():
        write(maker, tables)


def write(maker: str, tables: Iterable[tuple[str, ET.Element]]) -> None:
    """Write one maker's tables."""
    tables = list(tables)
    lists = Counter(words(tag) for _, table in tables for tag in table.findall("tag"))
    repeated = [words for words, times in lists.items() if times > 1 and len(words) >= SHARED_FROM]
    shared = {words: f"@{number}" for number, words in enumerate(repeated)}
    lines = [HEAD]
    lines += [f"{name}\t" + "\t".join(meanings) + "\n" for meanings, name in shared.items()]
    for section, table in tables:
        lines.append(f"={section}\t{table.get('g1')}\n")
        for tag in table.findall("tag"):
            flags = (tag.get("flags") or "").split(",")
            if "Unknown" in flags:
                continue
            meanings = words(tag)
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
