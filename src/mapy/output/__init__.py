"""The forms in which a reading can be given out."""
