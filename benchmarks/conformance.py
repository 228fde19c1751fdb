"""How much of what ExifTool reads MAPy reads, measured on pictures that no one here made.

    make conformance
    python benchmarks/conformance.py [FOLDER]

FOLDER holds `corpus/` (pictures, a list of them, ExifTool's values of each) and `tools/score.py`,
which scores any reader; without it the folder `shared` beside the checkout is used. Writes the
figures to `docs/conformance.md`. Where there is no corpus it says so and changes nothing.
"""

from __future__ import annotations

from collections import Counter
import json
from pathlib import Path
import subprocess
import sys
import tempfile
from typing import Any

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
REPORT = ROOT / "docs/conformance.md"
STANDARD = ("EXIF", "GPS", "XMP", "IPTC", "ICC_Profile", "JFIF", "PNG", "MPF", "Photoshop")
MAKER = "MN:"
HEAD = """# What MAPy reads, measured

Written by `make conformance`; change nothing here by hand.

{files} pictures that others made, in every format that MAPy reads, against ExifTool 13.59.
*Found*: the share of ExifTool's tags that MAPy names the same. *Equal*: of those, the share with
the same value, for programs (`mapy show --json -n`) and in words (`mapy show --json`). *Right*: the
share of MAPy's own tags that ExifTool has too.

{crashes} crashes, {silent} files with tags of which MAPy says nothing.

| tags | in the files | found | equal | equal in words | right |
| --- | ---: | ---: | ---: | ---: | ---: |
"""


def score(shared: Path, reference: str, *options: str) -> dict[str, Any]:
    """The figures of one run of the scorer."""
    with tempfile.TemporaryDirectory() as folder:
        figures = Path(folder, "figures.json")
        mapy = Path(sys.executable).with_name("mapy")
        command: list[str | Path] = [
            *(sys.executable, shared / "tools/score.py", "--quiet", "--json", figures),
            *("--reference", shared / "corpus" / reference, "--corpora", shared / "corpus/images"),
            *("--list", shared / "corpus/open.txt", "--worst", "0"),
            *("--candidate", " ".join([f"{mapy} show --json", *options])),
        ]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        found: dict[str, Any] = json.loads(figures.read_text(encoding="utf-8"))
        return found


def share(part: int, whole: int) -> str:
    """A percentage with one decimal, rounded down: 99.96 % is no 100 %."""
    return f"{1000 * part // whole / 10:.1f} %" if whole else "-"


def row(name: str, values: Counter[str], words: Counter[str]) -> str:
    """One line of the table."""
    columns = (
        name,
        str(values["ref"]),
        share(values["found"], values["ref"]),
        share(values["equal"], values["found"]),
        share(words["equal"], words["found"]),
        share(values["cand"] - values["extra"], values["cand"]),
    )
    return f"| {' | '.join(columns)} |\n"


def report(values: dict[str, Any], words: dict[str, Any], files: int) -> str:
    """The whole page."""

    def total(names: list[str], figures: dict[str, Any]) -> Counter[str]:
        found: Counter[str] = Counter()
        for name in names:
            found.update(figures["families"].get(name, {}))
        return found

    families = {name: f for name, f in values["families"].items() if f.get("ref")}
    makers = sorted(
        (name for name in families if name.startswith(MAKER)),
        key=lambda name: -families[name]["ref"],
    )
    others = [
        name
        for name in families
        if name not in STANDARD and name not in makers and name not in ("File", "Composite")
    ]
    groups = {
        "**All standard blocks**": list(STANDARD),
        **{name: [name] for name in STANDARD},
        "**All makers' notes**": makers,
        **{name.removeprefix(MAKER): [name] for name in makers},
        "**All other blocks**": others,
    }
    lines = [
        row(title, total(names, values), total(names, words)) for title, names in groups.items()
    ]
    crashes = len(values["bad"])
    return HEAD.format(files=files, crashes=crashes, silent=len(values["silent"])) + "".join(lines)


def main() -> None:
    """Score and write the page."""
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    listed = shared / "corpus/open.txt"
    if not listed.is_file():
        print(f"There is no corpus in {shared.name}: nothing was measured.")
        return
    files = len(listed.read_text(encoding="utf-8", errors="surrogateescape").splitlines())
    text = report(score(shared, "reference", "-n"), score(shared, "reference-readable"), files)
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
