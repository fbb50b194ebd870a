"""Write docs/standards: a page a shipped standard, and the page that leads to them.

Run it after a change of a standard (`make docs`); the tests compare what it would write with what is there.
"""

from __future__ import annotations

from pathlib import Path

from plsp_audit.loading.packs import Library
from plsp_audit.standards.handbook import index_page, standard_page
from plsp_audit.standards.resolve import resolve

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "standards"


def pages() -> dict[str, str]:
    """Give every page by the name of its file."""
    library = Library()
    found = [resolve(library, pack.id) for pack in library.names()]
    made = {f"{resolution.standard.id}.md": standard_page(resolution) for resolution in found}
    return {"README.md": index_page([resolution.standard for resolution in found]), **made}


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for path in FOLDER.glob("*.md"):
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
