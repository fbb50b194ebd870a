"""Where the content folders are: in an installed package beside the code, in a checkout at its top."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def content_dir(name: str) -> Path:
    """Give the folder of shipped content called `name`: `standards`, `reports` or `checklists`.

    Raises:
        FileNotFoundError: The installation lacks it.
    """
    package = Path(__file__).resolve().parents[1]
    places = [package / "content" / name]
    places += [top / name for top in package.parents if (top / "pyproject.toml").is_file()]
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(name)
