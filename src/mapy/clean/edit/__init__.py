"""Edits in place: what a selection names goes out of a block, and the rest stays where it is.

    tiff_block    an EXIF block, or a whole TIFF file
    xmp           a packet of XMP
    iptc          datasets of IPTC
    photoshop     image resources

Each takes a block's bytes and gives as many back, so that no offset or length around it changes.
"""
