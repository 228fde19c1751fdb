"""Safelight: a self-hosted workbench for sensitive files."""

__version__ = "0.1.0"
