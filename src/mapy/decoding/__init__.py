"""Decoded pixels, by another program than this one, in processes of their own that have limits."""
