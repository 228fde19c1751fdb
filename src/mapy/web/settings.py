"""What an operator can set of MAPy on the workbench."""

from __future__ import annotations

from safelight.api import Setting

MEGABYTE = 1_000_000
SETTINGS = (
    Setting(
        "max_image_bytes",
        "MAPY_MAX_IMAGE_BYTES",
        50 * MEGABYTE,
        "The most bytes of one picture.",
        int,
    ),
    Setting("max_images", "MAPY_MAX_IMAGES", 200, "The most pictures of one request.", int),
    Setting(
        "max_total_bytes",
        "MAPY_MAX_TOTAL_BYTES",
        256 * MEGABYTE,
        "The most bytes of all pictures of one request together.",
        int,
    ),
)
