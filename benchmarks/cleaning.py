"""What cleaning leaves, measured by another reader and another decoder on pictures of others.

    make cleaning
    python benchmarks/cleaning.py [FOLDER]

FOLDER holds `corpus/` (pictures, and a list of them); without it the folder `shared` beside the
checkout is used. Every picture is cleaned, ExifTool reads the copies, Pillow decodes both. Writes
the figures to `docs/reference/cleaning.md`. Where there is no corpus it says so, changes nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
import json
from pathlib import Path
import re
import shutil
import subprocess
import sys
import tempfile
from typing import Any, NamedTuple

import mapy
from mapy.clean.pixels import Pixels
from mapy.clean.policy import PRESETS, Policy, policy_of
from mapy.clean.writers import WRITERS, writer_of

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
REPORT = ROOT / "docs/reference/cleaning.md"

GROUPS = re.compile("ExifTool|System|Composite|JFIF|Adobe|APP14|ICC.*|PNG-(pHYs|cICP)|SourceFile")
"""Groups of ExifTool's that tell of the file on this disk, or how its image is stored."""
NAMES = re.compile(
    r"File:(?!Comment).*|IFD\d+:Orientation"
    r"|PNG:(Image(Width|Height)|BitDepth|ColorType|Compression|Filter|Interlace|Palette|Transparency"
    r"|Gamma|(WhitePoint|Red|Green|Blue)[XY]|SRGBRendering|SignificantBits|BackgroundColor"
    r"|Animation(Frames|Plays)|ProfileName|StereoMode)"
    r"|GIF:(?!Comment|Text).*|RIFF:.*"
    r"|Jpeg2000:.*|SVG:(Xmlns|SVGVersion|ImageWidth|ImageHeight|ViewBox|ID|Tag[XY]|Style"
    r"|PreserveAspectRatio|Class|Fill)"
    r"|QuickTime:.*|Meta:.*|Track\d+:.*"
    r"|(IFD\d+|SubIFD\d*):(SubfileType|OldSubfileType|Image(Width|Height)|BitsPerSample|Compression"
    r"|PhotometricInterpretation|FillOrder|Strip(Offsets|ByteCounts)|SamplesPerPixel|RowsPerStrip"
    r"|[XY]Resolution|PlanarConfiguration|ResolutionUnit|Predictor|ColorMap|Tile(Width|Length"
    r"|Offsets|ByteCounts)|ExtraSamples|SampleFormat|JPEG.*|YCbCr.*|ReferenceBlackWhite|WhitePoint"
    r"|PrimaryChromaticities|T4Options|T6Options|Thresholding|Min?SampleValue|Max?SampleValue"
    r"|TransferFunction|InkSet|GrayResponse.*|PageNumber|HalftoneHints|DotRange|Other.*|Preview.*"
    r"|JpgFrom.*|CleanFaxData|BadFaxLines|ConsecutiveBadFaxLines|SubIFD.*)"
    r"|Photoshop:(NumChannels|Image(Width|Height)|BitDepth|ColorMode|Compression|[XY]Resolution"
    r"|Displayed.*|GlobalAngle|GlobalAltitude|LayerCount|.*Transparen.*|Alpha.*|Indexed.*|Layer.*"
    r"|Layers.*|BlendModes?|Opacit.*|HasRealMergedData|GridGuidesInfo|Print(Style|Position|Scale"
    r"|Flags|FlagsInfo)|Color(Halftoning|Transfer).*|IDsBaseValue|TargetLayerID|ICC_Untagged"
    r"|EffectsVisible)"
)
"""Keys of ExifTool's that tell how the image is stored or drawn, or that the policy keeps."""
PLACE = re.compile(
    r"(?!ICC).*:(?!Subject).*(GPS|City|Country|Province|State$|[Ll]ocation|WorldRegion|Altitude)"
    r"|XMP-drone-dji:.*"
)
SETTINGS = re.compile("IFD0|ExifIFD|IPTC|XMP-.*")
"""Groups that a removal of the place alone should leave as they are."""

HEAD = """# What cleaning leaves, measured

Written by `make cleaning`; change nothing here by hand.

{files} pictures that others made, of every format that is cleaned. *Private tags*: what ExifTool
{version} finds in the copies beyond how the image is stored, its colours, and which side is up.
*Pixels*: copies whose decoded pixels, by Pillow, are the same as the original's; of those that it
can decode. In every copy the stored data of the image are the same to the byte, else it is not
handed out.

| format | files | cleaned | private tags | pixels the same | what cannot be removed |
| --- | ---: | ---: | ---: | ---: | --- |
"""
REFUSALS = """
## Refused

Raw files and sidecars are refused as a whole: `mapy clean` names the reason. Of the others:

| files | why |
| ---: | --- |
"""
PLACES = """
## The place alone

With `--remove place`, of {files} pictures that tell a place: ExifTool finds {left} tags of a place
in the copies, and {share} of the other tags of EXIF, IPTC and XMP (makers' notes, thumbnails and
copies in other blocks go with the place).

## What stays, and why

| format | limit |
| --- | --- |
"""
LIMITS = {
    "JPEG": "Only the first picture stays: gain maps, depth, films and other views are gone.",
    "PNG": "A file whose compressed data hold more than the picture's rows is refused.",
    "GIF": "Texts that are drawn over a picture go; no program shows them.",
    "JPEG XL": "The data that would make a JPEG of it again hold its metadata, and go.",
    "SVG": "A drawing with a program is refused. What is drawn stays, texts among it.",
    "all": "What the picture shows, and marks in its pixels, are the picture.",
}


class Result(NamedTuple):
    """What became of one picture."""

    format: str
    copy: Path | None
    error: str = ""
    pixels: bool | None = None
    """Whether they are the same; None where they were not decoded."""


def exiftool(folder: Path) -> dict[str, dict[str, Any]]:
    """What ExifTool says of each file of a folder, by its name."""
    command: list[str | Path] = ["exiftool", "-j", "-a", "-u", "-G1", "-s", "-n", folder]
    done = subprocess.run(command, capture_output=True, check=False)
    found = json.loads(done.stdout or b"[]")
    return {Path(each["SourceFile"]).name: each for each in found}


def cleaned(path: Path, number: int, folder: Path, policy: Policy, *, decode: bool) -> Result:
    """Clean a picture into a folder."""
    format_ = mapy.read(path).format
    try:
        found = mapy.clean(path, policy=policy, with_pixels=decode)
    except mapy.VerificationFailed as error:
        is_other = error.code == "clean.pixels-changed"
        return Result(format_, None, error.message, pixels=False if is_other else None)
    except mapy.CannotClean as error:
        return Result(format_, None, error.message)
    copy = folder / f"{number:04}.{found.name.rpartition('.')[2]}"
    copy.write_bytes(found.content)
    return Result(format_, copy, pixels=True if isinstance(found.pixels, Pixels) else None)


def pictures(shared: Path) -> list[Path]:
    """The pictures of the list that can be read and whose format is cleaned."""
    listed = (shared / "corpus/open.txt").read_text("utf-8", "surrogateescape").splitlines()
    found = []
    for line in listed:
        path = shared / "corpus/images" / line
        try:
            if mapy.read(path).format in WRITERS:
                found.append(path)
        except mapy.MapyError:
            continue
    return found


def private(said: dict[str, Any]) -> list[str]:
    """The keys of a copy that tell more than they should."""
    return [
        key
        for key in said
        if not GROUPS.fullmatch(key.partition(":")[0]) and not NAMES.fullmatch(key)
    ]


def table(results: list[Result], said: dict[str, dict[str, Any]]) -> str:
    """A line for each format."""
    formats: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        formats[result.format].append(result)
    lines = []
    for format_, found in sorted(formats.items(), key=lambda each: -len(each[1])):
        copies = [each for each in found if each.copy is not None]
        left = [
            key for each in copies if each.copy for key in private(said.get(each.copy.name, {}))
        ]
        decoded = [each for each in found if each.pixels is not None]
        same = f"{sum(bool(each.pixels) for each in decoded)} of {len(decoded)}"
        stuck = ", ".join(f"`{key}`" for key in writer_of(format_).STUCK) or "-"
        lines.append(
            f"| {format_} | {len(found)} | {len(copies)} | {len(left)} | {same} | {stuck} |\n"
        )
        if left:
            print(f"{format_}: {Counter(left).most_common(12)}")
    return "".join(lines)


def places(paths: list[Path]) -> str:
    """How well the place alone is removed."""
    policy = policy_of(remove="place")
    told = files = left = stayed = others = 0
    with tempfile.TemporaryDirectory() as before, tempfile.TemporaryDirectory() as after:
        for number, path in enumerate(paths):
            result = cleaned(path, number, Path(after), policy, decode=False)
            if result.copy is not None:
                shutil.copyfile(path, Path(before, result.copy.name))
        originals, copies = exiftool(Path(before)), exiftool(Path(after))
    for name, said in originals.items():
        told = sum(bool(PLACE.match(key)) for key in said if not key.startswith("Composite"))
        if not told or name not in copies:
            continue
        files += 1
        copy = copies[name]
        left += sum(bool(PLACE.match(key)) for key in copy)
        kept = [
            key
            for key in said
            if SETTINGS.fullmatch(key.partition(":")[0])
            and not PLACE.match(key)
            and "MakerNote" not in key
        ]
        others += len(kept)
        stayed += sum(copy.get(key) == said[key] for key in kept)
    share = f"{1000 * stayed // max(others, 1) / 10:.1f} %"
    return PLACES.format(files=files, left=left, share=share)


def main() -> None:
    """Clean, read, compare, and write the page."""
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    if not (shared / "corpus/open.txt").is_file() or shutil.which("exiftool") is None:
        print("There is no corpus, or no ExifTool: nothing was measured.")
        return
    paths = pictures(shared)
    with tempfile.TemporaryDirectory() as folder:
        results = [
            cleaned(path, number, Path(folder), PRESETS["publish"].policy, decode=True)
            for number, path in enumerate(paths)
        ]
        said = exiftool(Path(folder))
    version = subprocess.run(["exiftool", "-ver"], capture_output=True, text=True, check=True)
    refused = Counter(result.error for result in results if result.error)
    text = HEAD.format(files=len(paths), version=version.stdout.strip())
    text += table(results, said)
    text += REFUSALS + "".join(f"| {count} | {why} |\n" for why, count in refused.most_common())
    text += places(paths) + "".join(f"| {name} | {limit} |\n" for name, limit in LIMITS.items())
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
