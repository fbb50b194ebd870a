"""The lists of a Word report: self-assessed points, waivers, notes, assumptions, rectification, and who signs."""

from __future__ import annotations

from plsp_audit.reporting.docx_paper import Paper, cell, plain
from plsp_audit.reporting.docx_parts import WIDE, Cell, Line, Row, table
from plsp_audit.reporting.docx_styles import CELL, GAP, GREY, GROUP_FILL, HEAD, INK, LINES, NORMAL, ORIGIN, SIGN, SUB
from plsp_audit.reporting.rows import Signature


def draw_lists(paper: Paper) -> None:
    """Draw self-assessed points, waivers and notes, where there are any."""
    if paper.view.self_scores:
        _self_scores(paper)
    if paper.view.waivers:
        _waivers(paper)
    if paper.view.notes:
        _notes(paper)


def _self_scores(paper: Paper) -> None:
    paper.heading("self_scores")
    columns = [
        (paper.label("rule.id"), 17),
        (paper.label("rule.title"), 0),
        (paper.label("score.self_scores"), 18),
        (paper.label("score.assessed"), 18),
        (paper.say("self.difference"), 18),
    ]
    rows = []
    for row in paper.view.self_scores:
        fill = "" if row.rule else GROUP_FILL
        names = (cell((row.rule, SUB), fill=fill), cell((row.title, CELL), fill=fill))
        points = (row.self_score, row.assessed, row.difference)
        rows.append(Row((*names, *(cell((text, CELL), align="right", fill=fill) for text in points))))
    paper.grid(columns, rows)
    paper.write(paper.say("self.explain"), SUB)


def _waivers(paper: Paper) -> None:
    paper.heading("waivers")
    columns = [
        (paper.label("rule.id"), 17),
        (paper.label("waiver.reason"), 0),
        (paper.label("waiver.approved_by"), 32),
        (paper.label("waiver.until"), 30),
        (paper.say("waiver.status"), 24),
        (paper.say("waiver.otherwise"), 22),
    ]
    rows = [
        Row((cell((row.rule, SUB)), cell((row.title, CELL), (row.reason, INK)), plain(row.approved_by),
             *(plain(text, "center") for text in (row.until, row.status, row.state))))
        for row in paper.view.waivers
    ]  # fmt: skip
    paper.grid(columns, rows)


def _notes(paper: Paper) -> None:
    paper.heading("notes")
    columns = [(paper.label("rule.id"), 17), (paper.label("rule.title"), 46), (paper.say("rule.note"), 0)]
    rows = [Row((cell((row.rule, SUB)), plain(row.title), plain(row.text))) for row in paper.view.notes]
    paper.grid(columns, rows)


def draw_assumptions(paper: Paper) -> None:
    """Draw what the source leaves open and the standard decided."""
    paper.heading("assumptions")
    rows = [Row((plain(row.where), plain(row.text))) for row in paper.view.assumptions]
    paper.grid([(paper.say("assumed.where"), 43), (paper.say("assumed.what"), 0)], rows)


def draw_rectification(paper: Paper) -> None:
    """Draw the rectification list, or say that there is nothing to rectify."""
    paper.heading("rectification")
    if not paper.view.rectification:
        paper.write(paper.say("rectify.none"), NORMAL)
        return
    columns = [
        (paper.label("result.no"), 12),
        (paper.label("result.problem"), 43),
        (paper.say("rectify.measure"), 0),
        (paper.say("rectify.gain"), 15),
        (paper.label("result.due"), 30),
        (paper.label("result.owner"), 18),
    ]
    rows = []
    for row in paper.view.rectification:
        asked = paper.told(paper.label("result.requirement"), row.requirement) if row.requirement else ""
        which = paper.told(f"{row.rule} {row.priority}", row.title)
        rows.append(
            Row((plain(str(row.no), "center"), cell((row.problem, CELL), (which, SUB)),
                 cell((row.remedy, CELL), (asked, INK)), plain(row.gain, "right"), plain(row.due, "center"),
                 plain(row.owner, "center")))
        )  # fmt: skip
    paper.grid(columns, rows)


def draw_origin(paper: Paper) -> None:
    """Draw the fingerprints by which a reader can check the report."""
    origin = paper.view.origin
    pairs = (("standard", origin.standard), ("digest", origin.digest), ("input_digest", origin.input_digest))
    lines = [paper.told(paper.say(f"footer.{key}"), text) for key, text in pairs]
    paper.write("\n".join([*lines, paper.say("footer.produced", tool=origin.tool)]), ORIGIN)


def draw_signatures(paper: Paper) -> None:
    """Draw the fields to sign and seal, on one page, headed by what is signed."""
    view, head = paper.view, paper.view.headline
    paper.heading("signatures")
    parts = [view.site_name, view.date]
    if head and head.value:
        parts.append(f"{paper.say('headline.score')} {head.value}")
        parts.append(f"{paper.say('headline.grade')} {head.grade or paper.say('headline.none')}")
    else:
        parts.append(view.status_label)
    paper.write(paper.say("text.comma").join(parts), NORMAL, keep=True)
    count = len(view.signatures)
    dates = [Cell((Line(paper.say("sign.date"), CELL, "right"),), edges=(("top", "auto", 0),)) for _ in range(count)]
    rows = [Row(tuple(map(_signature, view.signatures)), keep=True, height=38), Row(tuple(dates), keep=True)]
    paper.put(table([WIDE / count] * count, rows))
    paper.write("", GAP)


def _signature(block: Signature) -> Cell:
    lines = [Line(block.title + block.seal, HEAD), Line("", GAP)]
    for at, text in enumerate(block.lines):
        named = at == 0 and block.names
        lines.append(Line(text, CELL if named else SIGN))
        if named:
            lines.append(Line(" ".join(block.names), SIGN, color=GREY))
    return Cell(tuple(lines), edges=(("bottom", LINES, 0),))
