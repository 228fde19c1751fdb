"""Files a second of MAPy and its peers, side by side, in one interleaved run.

    make bench
    python benchmarks/reading.py [FOLDER] [--rounds N] [--only NAME,NAME]

FOLDER holds pictures; without it the open corpus beside the checkout (`../shared/corpus`) is used.
Each reader is a process of its own: it reads all files once to warm up, then once against the
clock, and makes a Python value of every tag that it knows. The order of the readers turns with each
round; the table has the median of the rounds. A peer that is not installed is named and left out.
"""

from __future__ import annotations

import argparse
from importlib.util import find_spec
from pathlib import Path
import shutil
import statistics
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

CORPUS = Path(__file__).parents[2] / "shared/corpus"
TIMEOUT_S = 600
SUFFIXES = (".jpg", ".jpeg", ".tif", ".tiff", ".png", ".webp")
WORKER = """
import sys, time
paths = sys.stdin.read().splitlines()
{reader}
def read_all():
    for path in paths:
        try:
            read(path)
        except Exception:
            pass
read_all()
started = time.perf_counter()
read_all()
print(time.perf_counter() - started)
"""
READERS = {
    "MAPy": (
        "mapy",
        """
import mapy
def read(path):
    return {tag.key: tag.machine for tag in mapy.read(path)}
""",
    ),
    "exiv2 binding": (
        "exiv2",
        """
import exiv2
exiv2.LogMsg.setLevel(exiv2.LogMsg.Level.mute)
def read(path):
    image = exiv2.ImageFactory.open(path)
    image.readMetadata()
    values = {}
    for each in image.exifData():
        values[each.key()] = each.toString() if each.count() > 1000 else each.value()
    for each in image.iptcData():
        values[each.key()] = each.value()
    for each in image.xmpData():
        values[each.key()] = each.value()
""",
    ),
    "Pillow, EXIF only": (
        "PIL",
        """
import warnings
warnings.simplefilter("ignore")
from PIL import ExifTags, Image
Image.MAX_IMAGE_PIXELS = None
def read(path):
    with Image.open(path) as image:
        exif = image.getexif()
        dict(exif)
        for directory in (0x8769, 0x8825, 0xA005, ExifTags.IFD.IFD1):
            dict(exif.get_ifd(directory))
""",
    ),
    "ExifRead": (
        "exifread",
        """
import exifread, logging
logging.disable(logging.CRITICAL)
def read(path):
    with open(path, "rb") as file:
        exifread.process_file(file, details=False)
""",
    ),
}
EXIFTOOL = "ExifTool -stay_open"
EXIFTOOL_WORKER = """
import subprocess
process = subprocess.Popen(
    ["exiftool", "-stay_open", "True", "-@", "-"],
    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
)
def read(path):
    process.stdin.write(f"-j\\n-G1\\n-a\\n-n\\n{path}\\n-execute\\n".encode())
    process.stdin.flush()
    while not process.stdout.readline().endswith(b"{ready}\\n"):
        pass
"""
EXIFTOOL_END = """
process.stdin.write(b"-stay_open\\nFalse\\n")  # it waits for more after the end of its input
process.stdin.close()
process.wait()
"""


def seconds(reader: str, paths: Sequence[Path]) -> float:
    """How long a reader takes for all files, in a process of its own."""
    program = WORKER.format(reader=reader)
    if "exiftool" in reader:
        program += EXIFTOOL_END
    done = subprocess.run(
        [sys.executable, "-c", program],
        input="\n".join(map(str, paths)),
        capture_output=True,
        text=True,
        check=True,
        timeout=TIMEOUT_S,
    )
    return float(done.stdout.split()[-1])


def installed(only: str) -> dict[str, str]:
    """The readers that are here; the others are named."""
    found: dict[str, str] = {}
    for name, (module, reader) in READERS.items():
        if find_spec(module) is None:
            print(f"left out, because it is not installed: {name}")
        else:
            found[name] = reader
    if shutil.which("exiftool") is None:
        print(f"left out, because it is not installed: {EXIFTOOL}")
    else:
        found[EXIFTOOL] = EXIFTOOL_WORKER
    return {name: found[name] for name in found if not only or name in only.split(",")}


def pictures(folder: Path) -> list[Path]:
    """The pictures below a folder."""
    return sorted(
        path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file()
    )


def report(title: str, paths: Sequence[Path], readers: dict[str, str], rounds: int) -> None:
    """Time all readers on some files and print the table."""
    took: dict[str, list[float]] = {name: [] for name in readers}
    for number in range(rounds):
        names = list(readers)
        for name in names if number % 2 == 0 else reversed(names):
            took[name].append(seconds(readers[name], paths))
    medians = {name: statistics.median(times) for name, times in took.items()}
    ours = medians.get("MAPy")
    print(f"\n{title}: {len(paths)} files, median of {rounds} rounds")
    print(f"{'':24}{'files/s':>10}{'ms/file':>10}{'MAPy is':>12}")
    for name, median in sorted(medians.items(), key=lambda item: item[1]):
        ratio = f"{median / ours:.1f} x" if ours and name != "MAPy" else ""
        each = median / len(paths)
        print(f"{name:24}{1 / each:>10.0f}{1000 * each:>10.3f}{ratio:>12}")


def main() -> None:
    """Read the arguments, find the pictures, time the readers."""
    parser = argparse.ArgumentParser(description="Time MAPy beside its peers.")
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS / "images")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="", help="names of readers, parted by commas")
    arguments = parser.parse_args()
    paths = pictures(arguments.folder)
    if not paths:
        print(f"No pictures in {arguments.folder}: name a folder that has some.")
        sys.exit(2)
    readers = installed(arguments.only)
    jpegs = [path for path in paths if path.suffix.lower() in (".jpg", ".jpeg")]
    if jpegs:
        report("JPEG", jpegs, readers, arguments.rounds)
    report("JPEG, TIFF, PNG, WebP", paths, readers, arguments.rounds)


if __name__ == "__main__":
    main()
