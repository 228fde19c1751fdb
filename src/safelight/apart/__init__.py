"""Processes beside the server: they work out what takes long, on a processor of their own.

A process of Python works on one processor, whatever the number of its threads. What a tool asks
for with `Shell.apart` is worked out by a process that knows no request, no session and no key. It
gets a function and its arguments through a connection without a name, and hands back the result;
nothing of it touches a disk.
"""

AUTOMATIC = "auto"
"""The number of processes that fits the machine."""
