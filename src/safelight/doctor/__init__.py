"""The deployment checklist as a program: what a configuration and a running server fall short of.

`looking` finds out what is there, `checks` judge it, `report` and `bundle` say it.
"""
