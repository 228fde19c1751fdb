"""Edits in place: what a selection names goes out of a block, and the rest stays where it is.

Each takes a block's bytes and gives as many back, so that no offset or length around it changes.
What cannot be edited goes as a whole: its bytes become zeros, or blanks.
"""

from mapy.clean.edit.iptc_datasets import edit as iptc
from mapy.clean.edit.photoshop_resources import edit as photoshop
from mapy.clean.edit.tiff_blocks import edit as tiff_block
from mapy.clean.edit.xmp_packets import edit as xmp

__all__ = ["iptc", "photoshop", "tiff_block", "xmp"]
