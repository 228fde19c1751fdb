"""How much memory a reading takes: the peak above the interpreter with MAPy imported, file by file.

    make memory
    python benchmarks/memory.py [FOLDER]

FOLDER holds `corpus/` (pictures, and a list of them); without it the folder `shared` beside the
checkout is used. Each picture is read in a process of its own, all its values made. Ends with an
error if one takes more than 32 MiB. Where there is no corpus it says so. Linux only.
"""

from __future__ import annotations

from pathlib import Path
import subprocess
import sys

import mapy

SHARED = Path(__file__).parents[2] / "shared"
ALLOWED_MIB = 32
SHOWN = 10
KIB_PER_MIB = 1024


def peak_kib() -> int:
    """The most memory that this process has had; `ru_maxrss` would count its parent's, too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0])


def measure(picture: str) -> int:
    """KiB that the reading of one picture adds to this process."""
    before = peak_kib()
    try:
        metadata = mapy.read(picture)
    except mapy.MapyError:
        return peak_kib() - before
    for tag in metadata:
        _ = tag.machine, tag.readable
    return peak_kib() - before


def main() -> None:
    """Measure one picture, or all of them."""
    if sys.argv[1:2] == ["--one"]:
        print(measure(sys.argv[2]))
        return
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    listed = shared / "corpus/open.txt"
    if not listed.is_file():
        print(f"There is no corpus in {shared.name}: nothing was measured.")
        return
    names = listed.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    found = []
    for name in names:
        command = [sys.executable, __file__, "--one", str(shared / "corpus/images" / name)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        found.append((int(done.stdout), name))
    found.sort(reverse=True)
    for kib, name in found[:SHOWN]:
        print(f"{kib / KIB_PER_MIB:6.1f} MiB  {name}")
    median = found[len(found) // 2][0] / KIB_PER_MIB
    print(f"{len(found)} files, the median {median:.1f} MiB")
    if found and found[0][0] > ALLOWED_MIB * KIB_PER_MIB:
        sys.exit(f"More than {ALLOWED_MIB} MiB.")


if __name__ == "__main__":
    main()
