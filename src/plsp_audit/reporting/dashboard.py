"""The dashboard of a batch: one HTML file with everything in it, to be opened from a memory stick.

The page may run the scripts that are in it and nothing else, and may load nothing: its content security policy names
them by their hashes. Data stands in `<script type="application/json">`, which no browser runs.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plsp_audit.model.catalogue import Lang, say, sentences
from plsp_audit.model.content import content_dir
from plsp_audit.model.rollup import Summary
from plsp_audit.reporting.dashboard_data import NAME_LIMIT, GroupData, Texts, packed
from plsp_audit.reporting.dashboard_sites import CHUNK, KINDS, PRIORITIES, STATES, STATUSES, Limits, Sites
from plsp_audit.reporting.html import environment

if TYPE_CHECKING:
    from jinja2 import Environment

_FOLDER = "dashboard/"
_SCRIPTS = ("core", "areas", "charts", "table", "site", "main")
_LIBRARY = "vendor/echarts.min.js"
_LICENCES = ("vendor/NOTICE", "vendor/LICENSE", "vendor/LICENSE-d3")
_DATA = "<!-- data -->"


def render_dashboard(
    summary: Summary,
    sites: Iterable[Mapping[str, Any]],
    lang: Lang = "zh",
    *,
    templates: Sequence[Path] = (),
    limits: Limits | None = None,
) -> bytes:
    """Draw the dashboard; the same input gives the same bytes.

    Args:
        summary: What the results come to.
        sites: The JSON mappings of the results, read once; inspections that newer ones replaced may be among them.
        lang: The language of the page.
        templates: Folders looked through before the shipped templates.
        limits: Beyond how many sites the page leaves out details and rows.
    """
    names = Texts(lang, NAME_LIMIT)
    groups = [GroupData(group, names, lang) for group in summary.groups]
    limit = limits or Limits()
    packer = Sites(summary, groups, names, lang, limit)
    for result in sites:
        packer.take(result)
    before, after = _page(summary, packer.tool, lang, templates).split(_DATA)
    data = _data(_head(summary, groups, packer, limit, lang, names), packer)
    return b"".join((before.encode("utf-8"), *data, after.encode("utf-8")))


def _head(
    summary: Summary, groups: Sequence[GroupData], packer: Sites, limit: Limits, lang: Lang, names: Texts
) -> dict[str, Any]:
    """Give what the page reads first: words, groups and names. The numbers of the rules are all known by now."""
    labels = sentences("label", lang)
    return {
        "lang": lang,
        "words": sentences("dashboard", lang),
        "states": [[state, labels["state"][state]] for state in STATES],
        "statuses": [labels["status"][status] for status in STATUSES],
        "kinds": [labels["kind"][kind] for kind in KINDS],
        "priorities": [*(labels["priority"][priority] for priority in PRIORITIES), labels["level"]["penalty"]],
        "levels": labels["level"],
        "sites": [summary.sites, summary.rated, summary.not_rated, summary.no_score],
        "dates": [summary.oldest, summary.newest],
        "groups": [group.value() for group in groups],
        "names": names.all,
        "chunk": CHUNK,
        "limits": list(limit),
        "has": [packer.with_rows, packer.with_details],
    }


def _data(head: Mapping[str, Any], packer: Sites) -> Iterator[bytes]:
    """Give the data elements: the head, the rows, the details in chunks, and the texts of the details."""
    yield from _element("data", (packed(head),))
    yield from _element("rows", packer.rows())
    yield from _element("texts", (packed(packer.texts.all),))
    for number, chunk in enumerate(packer.details()):
        yield from _element(f"details-{number}", chunk)


def _element(name: str, content: Iterable[bytes]) -> Iterator[bytes]:
    yield f'<script type="application/json" id="{name}">'.encode()
    yield from content
    yield b"</script>\n"


def _page(summary: Summary, tool: str, lang: Lang, templates: Sequence[Path]) -> str:
    from markupsafe import Markup

    jinja = environment((*templates, content_dir("reports")))
    style = jinja.get_template(f"{_FOLDER}dashboard.css").render()
    library = _as_it_is(jinja, _LIBRARY)
    bodies = "\n".join(_as_it_is(jinja, f"{name}.js") for name in _SCRIPTS)
    script = f'(function () {{\n"use strict";\n{bodies}}}());\n'
    version = _as_it_is(jinja, "vendor/VERSION").partition("\n")[0]
    return jinja.get_template(f"{_FOLDER}dashboard.html.j2").render(
        lang=lang,
        summary=summary,
        tool=tool,
        library=version,
        licence="\n\n".join(_as_it_is(jinja, name).strip("\n") for name in _LICENCES),
        policy=_policy((library, script), style),
        style=Markup(style),
        scripts=[Markup(library), Markup(script)],
        data=Markup(_DATA),
        say=partial(_say, lang),
    )


def _policy(scripts: Iterable[str], style: str) -> str:
    """Give the content security policy: the scripts and the style that are in the page, and nothing else."""
    allowed = " ".join(_hashed(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hashed(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hashed(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"


def _as_it_is(jinja: Environment, name: str) -> str:
    """Give a file beside the templates unfilled, with line feeds only, as browsers read it."""
    assert jinja.loader is not None
    text, _, _ = jinja.loader.get_source(jinja, _FOLDER + name)
    return text.replace("\r\n", "\n")


def _say(lang: Lang, key: str, /, **words: object) -> str:
    return say(f"dashboard.{key}", lang, **words)
