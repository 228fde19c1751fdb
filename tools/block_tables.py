"""Write the tables of ICC, IPTC and GeoTIFF from the list that ExifTool publishes of what it knows.

    exiftool -listx -f > tags.xml
    python tools/block_tables.py tags.xml

Names, numbers and enumerations are facts of the standards and of their registries; the list saves
typing them. The conversions are ours, and the tables stay data.
"""

from __future__ import annotations

from pathlib import Path
import subprocess
import sys
from xml.etree import ElementTree as ET

TAGS = Path(__file__).parent.parent / "src/mapy/tags"
HEAD = '''"""{what}

Written by `python tools/block_tables.py`; change it there.
"""

from __future__ import annotations

'''


def meanings(tag: ET.Element, number: int = 0) -> list[tuple[str, str]]:
    """Code and word of each value of a tag."""
    lists = tag.findall("values")
    if len(lists) <= number:
        return []
    found = []
    for key in lists[number].findall("key"):
        word = key.find("val[@lang='en']")
        found.append((key.get("id", ""), "" if word is None else word.text or ""))
    return found


def literal(code: str) -> str:
    """A code as Python has it: a number where it is one."""
    is_number = code.lstrip("-").isdigit() and str(int(code)) == code
    return code if is_number else f"{code!r}"


def mapping(name: str, kind: str, pairs: list[tuple[str, str]], what: str) -> str:
    """The source of a dictionary."""
    rows = "".join(f"    {literal(code)}: {word!r},\n" for code, word in pairs)
    return f'{name}: {kind} = {{\n{rows}}}\n"""{what}"""\n'


NAMES = "dict[int | str, str]"


def icc(tables: dict[str, ET.Element]) -> str:
    """The tags of a colour profile, and who registered a signature."""
    tags = tables["ICC_Profile::Main"].findall("tag")
    header = {tag.get("name", ""): tag for tag in tables["ICC_Profile::Header"].findall("tag")}
    names = [(tag.get("id", ""), tag.get("name", "")) for tag in tags]
    technology = next(tag for tag in tags if tag.get("name") == "Technology")
    return "".join(
        (
            HEAD.format(what="The signatures of ICC.1 and of its registry (registry.color.org)."),
            mapping("TAGS", "dict[str, str]", names, "Signature and name of each tag."),
            "\n",
            mapping("TECHNOLOGIES", NAMES, meanings(technology), "Kinds of devices."),
            "\n",
            mapping("CLASSES", NAMES, meanings(header["ProfileClass"]), "Classes of profiles."),
            "\n",
            mapping("PLATFORMS", NAMES, meanings(header["PrimaryPlatform"]), "Operating systems."),
            "\n",
            mapping(
                "MAKERS",
                NAMES,
                meanings(header["DeviceManufacturer"]),
                "Makers of devices and of colour management modules.",
            ),
        )
    )


_RECORDS = (
    (1, "EnvelopeRecord"),
    (2, "ApplicationRecord"),
    (3, "NewsPhoto"),
    (7, "PreObjectData"),
    (8, "ObjectData"),
    (9, "PostObjectData"),
)


def iptc(tables: dict[str, ET.Element]) -> str:
    """The datasets of IIM, a row each, and what their values mean."""
    rows, words = [], []
    for number, name in _RECORDS:
        for tag in tables[f"IPTC::{name}"].findall("tag"):
            flags = (tag.get("flags") or "").split(",")
            kind = "binary" if "Binary" in flags else tag.get("type", "")
            kind = {"digits": "string", "undef": "binary"}.get(kind, kind)
            if kind.startswith("int"):
                kind = "number"
            repeats = "List" in flags
            rows.append(
                f'    ({number}, {tag.get("id")}, "{tag.get("name")}", "{kind}", {repeats}),\n'
            )
            pairs = [
                (code, word)
                for code, word in meanings(tag)
                if code and tag.get("name") != "ObjectPreviewFileFormat"  # as those of FileFormat
            ]
            if pairs:
                body = "".join(f"        {literal(code)}: {word!r},\n" for code, word in pairs)
                words.append(f'    "{tag.get("name")}": {{\n{body}    }},\n')
    return "".join(
        (
            HEAD.format(what="The datasets of IPTC IIM (version 4.2), record by record."),
            "ROWS: tuple[tuple[int, int, str, str, bool], ...] = (\n",
            *rows,
            ')\n"""Record, number, name, kind of value, whether it may be repeated."""\n\n',
            f"MEANINGS: dict[str, {NAMES}] = {{\n",
            *words,
            '}\n"""By name: what each value means."""\n',
        )
    )


def geotiff(tables: dict[str, ET.Element]) -> str:
    """The keys of GeoTIFF and what their codes mean, as text: a section a key, a line a code."""
    lines = ["# Keys of GeoTIFF. Written by `python tools/block_tables.py`; change it there.\n"]
    for tag in tables["GeoTiff::Main"].findall("tag"):
        number = int(tag.get("id", ""))
        lines.append(f"\n[{number}\t{tag.get('name')}]\n")
        lines += [f"{code}\t{word}\n" for code, word in meanings(tag)]
    return "".join(lines)


def write(name: str, source: str) -> None:
    """Write a module, formatted, or a text."""
    path = TAGS / name
    path.write_text(source, encoding="utf-8")
    if path.suffix == ".py":
        ruff = Path(sys.executable).with_name("ruff")
        subprocess.run([str(ruff), "format", "--quiet", path], check=True)


def main() -> None:
    """Write all tables."""
    tree = ET.parse(sys.argv[1])
    tables = {table.get("name", ""): table for table in tree.getroot()}
    write("icc_rows.py", icc(tables))
    write("iptc_rows.py", iptc(tables))
    write("geotiff.tsv", geotiff(tables))


if __name__ == "__main__":
    main()
