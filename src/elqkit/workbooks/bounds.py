"""What a workbook may cost. Each bound is checked before, or by the system."""

from __future__ import annotations

MAX_BYTES = 50 * 1000 * 1000
"""Of the file."""
MAX_ENTRIES = 2_000
"""Files in the archive."""
MAX_UNPACKED_BYTES = 400 * 1000 * 1000
"""Of all files in the archive together."""
MAX_MEMORY_BYTES = 384 * 1024 * 1024
"""Of the process. The largest sheet that is read, 200,000 rows of 10 columns in 5 MB, takes 130 MB;
two at once leave half of the 1.5 GB that deploy/ gives a server to the server itself."""
MAX_CPU_S = 120
"""Then the system ends the process. The same sheet takes 25 s of a slow core."""
MAX_WAIT_S = 240.0
"""Then the process is killed, or was not even begun."""
SHORT_WAIT_S = 1.0
"""How long a page waits. What takes longer is read as a job."""
MAX_AT_ONCE = 2
"""Processes that read at the same time, of one server process; the next one waits its turn."""
MAX_ANSWER_BYTES = 400 * 1000 * 1000
MAX_GROWTH = 20
"""How many characters the cells may hold for each byte that a file may have: packed, a workbook of
the same few values is a small part of its text."""
MAX_NOTES = 20
"""Places that are named of each kind; all are counted."""
