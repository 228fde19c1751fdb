"""Write the words that Brotli knows beforehand, from the compiled module of a published package.

    pip install brotli
    python tools/brotli_dictionary.py

RFC 7932, appendix A, gives their number and their check sum; what is found must agree with both.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
import sys
import zlib

TARGET = Path(__file__).parent.parent / "src/mapy/blocks/brotli/words.zlib"
MODULE = "_brotli"
BEGINS = b"timedownlifeleft"
"""The first four words."""
SIZE = 122_784
CHECK_SUM = 0x5136CB04


def main() -> None:
    """Find the words, check them, and write them compressed."""
    spec = find_spec(MODULE)
    if spec is None or spec.origin is None:
        sys.exit("The package brotli is not installed.")
    content = Path(spec.origin).read_bytes()
    at = content.find(BEGINS)
    words = content[at : at + SIZE]
    if at < 0 or zlib.crc32(words) != CHECK_SUM:
        sys.exit("The words were not found.")
    TARGET.write_bytes(zlib.compress(words, 9))


if __name__ == "__main__":
    main()
