"""How much a file may hold."""

from __future__ import annotations

MAX_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 50
#: How many scalars, and how many mappings and lists: above every real file of 5 MiB, which need some 15 bytes a
#: scalar, and low enough to keep what is built from one under 200 MB.
MAX_SCALARS = 500_000
MAX_CONTAINERS = 200_000
#: Nobody reads more at once.
MAX_PROBLEMS = 100
