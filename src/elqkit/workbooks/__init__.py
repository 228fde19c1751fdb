"""Workbooks (.xlsx): read as a table of text in a process of their own, and written as text."""
