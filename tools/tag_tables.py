"""Write the tables of tag names from the list that ExifTool publishes of what it knows.

    exiftool -listx -f > tags.xml
    python tools/tag_tables.py tags.xml

Names, numbers and enumerations are facts of the standards and of what is in use; the list saves
typing them. The conversions are ours, in `mapy/explain`, and the tables stay data.
"""

from __future__ import annotations

from pathlib import Path
import pprint
import subprocess
import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator

TAGS = Path(__file__).parent.parent / "src/mapy/tags"
HEAD = '''"""{what}

Written by `python tools/tag_tables.py`; change it there.
"""

from __future__ import annotations

'''
_MAKER_NOTE = 0x927C
_NAMESAKES = {0xA40F, 0xA410}
"""Numbers whose names other tags have too, with other meanings, in many more pictures."""
_BIT = "Bit"
"""In front of the number of a bit."""


def words(tag: ET.Element) -> dict[int | str, str]:
    """What each value of a tag means; a bit is the number that has it alone."""
    found: dict[int | str, str] = {}
    for key in tag.iter("key"):
        name = key.find("val[@lang='en']")
        code = key.get("id", "")
        if code.startswith(_BIT):
            code = str(1 << int(code.removeprefix(_BIT)))
        if name is not None and name.text is not None:
            found.setdefault(int(code) if code.lstrip("-").isdigit() else code, name.text)
    return found


def ifd_rows(table: ET.Element) -> Iterator[tuple[int, str, dict[int | str, str], bool]]:
    """Number, name, meanings, whether the value is binary; of each number the first row counts."""
    seen: set[int] = set()
    for tag in table.findall("tag"):
        number = int(tag.get("id", ""))
        if number in seen or number == _MAKER_NOTE:
            continue
        seen.add(number)
        flags = (tag.get("flags") or "").split(",")
        yield number, tag.get("name", ""), words(tag), "Binary" in flags


def ifd_module(what: str, table: ET.Element) -> str:
    """The source of a table of an IFD: numbers and names."""
    lines = [HEAD.format(what=what), "ROWS: tuple[tuple[int, str], ...] = (\n"]
    lines += [f'    (0x{number:04X}, "{name}"),\n' for number, name, _, _ in ifd_rows(table)]
    lines += [")\n", '"""Number and name, in the order of the numbers."""\n\n']
    binary = [number for number, _, _, is_binary in ifd_rows(table) if is_binary]
    lines += [
        "BINARY: frozenset[int] = frozenset({",
        ", ".join(f"0x{number:04X}" for number in binary),
        "})\n",
    ]
    lines += ['"""Tags whose values are no text and no number."""\n']
    return "".join(lines)


def meanings_module(what: str, table: ET.Element) -> str:
    """The source of the meanings of an IFD's values."""
    named = {
        name: meanings
        for number, name, meanings, _ in ifd_rows(table)
        if meanings and number not in _NAMESAKES
    }
    lines = [HEAD.format(what=what)]
    lines += ["MEANINGS: dict[str, dict[int | str, str]] = "]
    lines += [pprint.pformat(named, width=98, sort_dicts=False), "\n"]
    lines += ['"""By name: what each value means."""\n']
    return "".join(lines)


_CONVERTED = {"date", "rational"}


def xmp_rows(table: ET.Element) -> dict[str, tuple[str, str, dict[int | str, str] | None]]:
    """By property path: name, kind where it is converted, and meanings.

    A field of a structure is left out where its name is its path and its value is plain.
    """
    found = {}
    for tag in table.findall("tag"):
        path, name, meanings = tag.get("id", ""), tag.get("name", ""), words(tag)
        kind = tag.get("type", "") if tag.get("type") in _CONVERTED else ""
        is_own = path[:1].upper() + path[1:] == name
        if "Flattened" in (tag.get("flags") or "") and is_own and not kind and not meanings:
            continue
        if all(str(code) == word for code, word in meanings.items()):
            meanings = {}
        found[path] = (name, kind, meanings or None)
    return found


def xmp_table(tables: list[ET.Element]) -> str:
    """The text of the table of XMP: a section a namespace, a line a property.

    Property path, name, kind and meanings are parted by tabs; what is empty at the end is left
    out, and so is a name that is the path with a capital.
    """
    lines = ["# Properties of XMP. Written by `python tools/tag_tables.py`; change it there.\n"]
    by_prefix = {table.get("g1", "")[4:]: table for table in tables if table.get("g0") == "XMP"}
    for same in ("crd", "x", "rdf"):  # crd has the properties of crs; the others are no properties
        by_prefix.pop(same)
    for prefix in sorted(by_prefix):
        lines.append(f"\n[{prefix}]\n")
        for path, (name, kind, meanings) in xmp_rows(by_prefix[prefix]).items():
            shown = "" if path[:1].upper() + path[1:] == name else name
            said = "|".join(f"{code}={word}" for code, word in (meanings or {}).items())
            lines.append(f"{path}\t{shown}\t{kind}\t{said}".rstrip("\t") + "\n")
    return "".join(lines)


def write(name: str, source: str) -> None:
    """Write a module, formatted."""
    path = TAGS / name
    path.write_text(source, encoding="utf-8")
    subprocess.run(
        [str(Path(sys.executable).with_name("ruff")), "format", "--quiet", path], check=True
    )


def main() -> None:
    """Write all tables."""
    tree = ET.parse(sys.argv[1])
    tables = {table.get("name"): table for table in tree.getroot()}
    write(
        "exif_rows.py",
        ifd_module(
            "The tags of TIFF, Exif, DNG and what else is met in an IFD.", tables["Exif::Main"]
        ),
    )
    write(
        "exif_meanings.py",
        meanings_module("What the values of the tags of an IFD mean.", tables["Exif::Main"]),
    )
    write(
        "gps_meanings.py",
        meanings_module("What the values of the GPS tags mean.", tables["GPS::Main"]),
    )
    write(
        "gps_rows.py",
        ifd_module("The tags of the GPS directory (Exif 3.0, section 4.6.7).", tables["GPS::Main"]),
    )
    (TAGS / "xmp.tsv").write_text(xmp_table(list(tree.getroot())), encoding="utf-8")


if __name__ == "__main__":
    main()
