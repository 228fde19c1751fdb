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
CHECKOUT = Path(__file__).parents[2]
SOURCES = CHECKOUT / "src"
UNSHARED = "unshare --mount --net --pid --ipc --uts --fork --mount-proc --kill-child"
# What is started after `exec` has none of the rights left that mounting takes.
ENTER = """
set -eu
mount --make-rprivate /
# The interpreter and the checkout are put aside: homes that are closed to others, and /tmp, are
# covered, and what lay in one of them comes back alone.
mount -t tmpfs -o mode=755 tmpfs /mnt
for name in BASE CHECKOUT; do
  eval "place=\\$$name"
  mkdir "/mnt/$name" && mount --bind "$place" "/mnt/$name"
done
case "$BASE $CHECKOUT" in */root/*) mount -t tmpfs -o mode=755 tmpfs /root ;; esac
mount -t tmpfs -o mode=1777,noexec,nosuid,nodev,size=64m tmpfs /tmp
for name in BASE CHECKOUT; do
  eval "place=\\$$name"
  case "$place" in /root/*|/tmp/*) mkdir -p "$place" && mount --bind "/mnt/$name" "$place" ;; esac
  umount "/mnt/$name"
done
umount /mnt
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
        "CHECKOUT": str(CHECKOUT),
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
