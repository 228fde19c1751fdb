"""`Rewriting`: what stands in the copy in the place of each block of metadata.

One object a file, asked by every writer: with a policy that removes everything, there is at most a
small new EXIF block; with a selective one, each block is edited and keeps its length.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.clean import minimal_exif
from mapy.clean.coarse import coarsened
from mapy.clean.policy import Keep
from mapy.clean.selection import selection_of
from mapy.explain.finding import Subject

if TYPE_CHECKING:
    from mapy.clean.policy import Policy
    from mapy.model import Metadata


class Rewriting:
    """What becomes of the blocks of one file."""

    def __init__(self, metadata: Metadata, policy: Policy) -> None:
        self._metadata = metadata
        self.policy = policy
        self.position = (
            coarsened(metadata.position, policy.coarsen) if policy.coarsen is not None else None
        )
        """The position as the copy may tell it, or None."""
        self.selection = selection_of(policy, self.position) if policy.is_selective else None
        """None where everything goes."""

    @property
    def keeps_profile(self) -> bool:
        """Whether the colour profile stays."""
        if Keep.COLOUR in self.policy.keep:
            return True
        return self.selection is not None and Subject.DEVICE not in self.selection.subjects

    @property
    def keeps_opaque(self) -> bool:
        """Whether blocks that cannot be edited stay: only where nothing is taken."""
        return self.selection is not None and not self.selection.drops_opaque

    def new_exif(self) -> bytes | None:
        """The block (a TIFF structure) of a copy that loses everything; None if it needs none."""
        if self.selection is not None:
            return None
        return minimal_exif.build(self._metadata, self.policy.keep, self.position)

    def exif(self, block: bytes) -> bytes | None:
        """What stands in the place of an EXIF block (a TIFF structure); None: nothing."""
        if self.selection is None:
            return None
        from mapy.clean.edit import tiff_block  # noqa: PLC0415 - most copies need no editing

        return tiff_block(block, self.selection)

    def xmp(self, packet: bytes) -> bytes | None:
        """What stands in the place of a packet of XMP; None: nothing."""
        if self.selection is None:
            return None
        from mapy.clean.edit import xmp  # noqa: PLC0415 - most copies need no editing

        return xmp(packet, self.selection)

    def photoshop(self, resources: bytes) -> bytes | None:
        """What stands in the place of Photoshop's resources (8BIM), IPTC among them."""
        if self.selection is None:
            return None
        from mapy.clean.edit import photoshop  # noqa: PLC0415 - most copies need no editing

        return photoshop(resources, self.selection)

    def iptc(self, datasets: bytes) -> bytes | None:
        """What stands in the place of IPTC's datasets that no resource holds; None: nothing."""
        if self.selection is None:
            return None
        from mapy.clean.edit import iptc  # noqa: PLC0415 - most copies need no editing

        return iptc(datasets, self.selection)
