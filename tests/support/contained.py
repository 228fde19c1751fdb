"""What the image's container does to its process, done by hand.

Its own mounts (the whole tree read-only, no writable place but a small /tmp that runs nothing),
its own network (loopback alone), an unprivileged user without capabilities, bounded memory.
"""

from __future__ import annotations

import os
from pathlib import Path
import shutil
import subprocess
import sys

USER = 10001
"""As in the Dockerfile."""
MEMORY_BYTES = 1536 * 1024 * 1024
"""As in the compose files."""
TESTS = Path(__file__).parent
SOURCES = Path(__file__).parents[2] / "src"
UNSHARED = "unshare --mount --net --pid --ipc --uts --fork --mount-proc --kill-child"
# What is started after `exec` has none of the rights left that mounting takes.
ENTER = """
set -eu
mount --make-rprivate /
case "$BASE" in /root/*)  # an interpreter in a home that is closed to others
  mkdir -p /mnt && mount --bind "$BASE" /mnt
  mount -t tmpfs -o mode=755 tmpfs /root
  mkdir -p "$BASE" && mount --bind /mnt "$BASE" && umount /mnt ;;
esac
mount -t tmpfs -o mode=1777,noexec,nosuid,nodev,size=64m tmpfs /tmp
awk '{print $2}' /proc/mounts | while read -r place; do
  case "$place" in /tmp|/proc*|/sys*|/dev/pts) ;;
    *) mount -o remount,bind,ro "$place" ;;
  esac
done
mount -t tmpfs -o ro tmpfs /sys
ip link set lo up
exec setpriv --reuid="$USER_ID" --regid="$USER_ID" --clear-groups --no-new-privs \\
  --bounding-set=-all --inh-caps=-all prlimit --data="$MEMORY" --core=0 "$@"
"""


def run_contained(*command: str, timeout_s: float) -> subprocess.CompletedProcess[str]:
    """Run a command in the confinement of a container. Takes root, or `sudo` without a password."""
    variables = {
        "PATH": f"{Path(sys.executable).parent}:/usr/sbin:/usr/bin:/sbin:/bin",
        "PYTHONPATH": f"{SOURCES}:{TESTS}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "BASE": str(Path(sys.base_prefix).resolve()),
        "USER_ID": str(USER),
        "MEMORY": str(MEMORY_BYTES),
        "HOME": "/nonexistent",
    }
    as_root = [] if os.geteuid() == 0 else [str(shutil.which("sudo")), "-n"]
    clean = ["env", "-i", *(f"{name}={value}" for name, value in variables.items())]
    return subprocess.run(
        [*as_root, *clean, *UNSHARED.split(), "sh", "-c", ENTER, "enter", *command],
        cwd="/",
        capture_output=True,
        text=True,
        timeout=timeout_s,
        check=False,
    )
