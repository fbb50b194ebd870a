"""The lists of a summary: ranking, rules that fail most, rectification, sites without a score, errors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import groupby
from typing import Any

from plsp_audit.model.rollup import ErrorRow, Group, RankRow, RuleRow
from plsp_audit.reporting.summary_xlsx_book import Book
from plsp_audit.reporting.summary_xlsx_charts import RuleChart, draw_rules
from plsp_audit.reporting.summary_xlsx_words import PERCENT, Column, Listing, Words, tidy
from plsp_audit.reporting.wording import label, listed, priority_word
from plsp_audit.reporting.xlsx_style import MIDDLE, TEXT, Box, Look, Value, rank_fill

_MOST_BARS = 12
_STANDARD = Column("standard", 32)
_VETO = replace(MIDDLE, bold=True, color="B00020")


def _columns(words: Words, *columns: tuple[str, float]) -> list[Column]:
    made = [Column(*column) for column in columns]
    return [*made, _STANDARD] if words.several else made


def _standard(words: Words, group: Group) -> list[Box]:
    return [Box(tidy(group.standard_title, words.lang, 200), TEXT)] if words.several else []


@lru_cache(maxsize=1024)
def _lost(points: float) -> Fraction:
    return Fraction(str(points))


@lru_cache(maxsize=1024)
def _day(text: str | None) -> Value:
    """Give a real date where there is one, so that the list sorts and filters by it."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return text


def draw_ranking(book: Book, words: Words, limit: int) -> None:
    """Draw the ranking, tier by tier."""
    columns = _columns(
        words, ("rank", 6), ("city", words.city_width(11)), ("county", 12), ("tier", 9), ("id", 16), ("name", 34),
        ("score", 8.5), ("rounded", 13), ("grade", 9), ("coverage", 9), ("open", 7.5), ("bonus", 7), ("penalty", 7),
        ("remark", 28),
    )  # fmt: skip
    listing = Listing(book, words, "ranking", columns, words.say("note.ranking"), limit)
    for group in words.summary.groups:
        count = len(group.grades)
        looks = {grade.id: replace(MIDDLE, fill=rank_fill(at, count)) for at, grade in enumerate(group.grades)}
        for row in group.ranking:
            listing.row(
                Box(row.rank, MIDDLE), Box(words.city(row), MIDDLE), Box(words.county(row.county), MIDDLE),
                Box(words.tier(group, row.tier), MIDDLE), Box(tidy(row.id, words.lang, 200), TEXT),
                Box(tidy(row.name, words.lang, 200), TEXT), words.points(row.score), Box(row.rounded, MIDDLE),
                Box(tidy(group.grade_title(row.grade), words.lang, 60), looks.get(row.grade, MIDDLE)),
                words.rate(row.coverage), Box(row.open, MIDDLE), Box(row.bonus, MIDDLE), Box(row.penalty, MIDDLE),
                Box(_remark(words, group, row), TEXT), *_standard(words, group),
            )  # fmt: skip
    listing.close()


def _remark(words: Words, group: Group, row: RankRow) -> str:
    said = []
    if row.capped:
        said.append(words.say("remark.capped", names=tidy(listed(list(row.capped), words.lang), words.lang, 400)))
    if row.grade_low != row.grade_high:
        low, high = (tidy(group.grade_title(grade), words.lang, 60) for grade in (row.grade_low, row.grade_high))
        said.append(words.say("remark.open", low=low, high=high))
    return "\n".join(said)


def draw_rule_list(book: Book, words: Words, limit: int) -> None:
    """Draw the rules by which sites fall short, tier by tier, and the first of them as charts."""
    columns = _columns(
        words, ("rank", 6), ("tier", 9), ("rule", 11), ("title", 40), ("dimension", 14), ("level", 9), ("failing", 8),
        ("partial", 9), ("short", 9), ("applicable", 9), ("rate", 9), ("not_checked", 7), ("points_lost", 9),
        ("lost_each", 9),
    )  # fmt: skip
    note = words.say("note.rules") + ("" if words.lang == "zh" else " ") + words.say("note.charts")
    listing = Listing(book, words, "rules", columns, note, limit, draws=True)
    charts = []
    for group in words.summary.groups:
        for tier in group.tiers:
            rows = [row for row in group.rules if row.tier == tier.id and row.short]
            first = listing.page.row
            for rank, row in _ranked(rows):
                listing.row(*_rule(words, group, rank, row))
            top = rows[:_MOST_BARS]
            if top and listing.page.row - first == len(rows):
                charts.append(RuleChart(
                    words.section(group, tier.id), first, tuple(tidy(row.title, words.lang, 400) for row in top),
                    tuple(row.failing for row in top), tuple(row.partial for row in top), (3, 6, 7)))  # fmt: skip
    listing.close()
    draw_rules(book, listing.page, words, charts)


def _ranked(rows: Sequence[RuleRow]) -> Iterator[tuple[int, RuleRow]]:
    rank = 1
    for _, equals in groupby(rows, key=lambda row: (row.short, row.points_lost)):
        found = list(equals)
        yield from ((rank, row) for row in found)
        rank += len(found)


def _rule(words: Words, group: Group, rank: int, row: RuleRow) -> list[Box]:
    lang = words.lang
    return [
        Box(rank, MIDDLE), Box(words.tier(group, row.tier), MIDDLE), Box(tidy(row.id, lang, 60), MIDDLE),
        Box(tidy(row.title, lang, 400), TEXT), Box(tidy(row.dimension_title, lang, 100), MIDDLE),
        Box(label(f"level.{row.level}", lang, row.level), MIDDLE),
        Box(row.failing, MIDDLE), Box(row.partial, MIDDLE), Box(row.short, MIDDLE), Box(row.applicable, MIDDLE),
        words.rate(row.rate, PERCENT), Box(row.not_checked, MIDDLE), words.points(row.points_lost),
        words.points(row.points_lost / row.short if row.short else None), *_standard(words, group),
    ]  # fmt: skip


def draw_rectification(
    book: Book, words: Words, results: Callable[[], Iterable[Mapping[str, Any]]], limit: int
) -> None:
    """Draw the rectification list, site by site as the results come."""
    columns = [Column(*column) for column in (
        ("no", 7), ("city", words.city_width(10)), ("county", 11), ("tier", 9), ("id", 14), ("name", 24), ("rule", 10),
        ("title", 24), ("problem", 26), ("requirement", 24), ("remedy", 26), ("lost", 7), ("priority", 8),
        ("due", 11), ("owner", 9),
    )]  # fmt: skip
    listing = Listing(book, words, "rectification", columns, words.say("note.rectification"), limit)
    dated = replace(MIDDLE, format=words.say("page.date_format"))
    short = {(g.standard_id, tier.id): words.tier(g, tier.id) for g in words.summary.groups for tier in g.tiers}
    for result in results():
        lines = result.get("rectification") or ()
        if not lines or not words.summary.counts(result):
            continue
        site = result["site"]
        tier = short.get((result["standard"]["id"], site["tier"]), site["tier"])
        rules = {rule["id"]: rule for rule in result.get("rules") or ()}
        before = _site(words, site, tier)
        for line in lines:
            about = rules.get(line["rule"], {})
            listing.row(Box(listing.count + 1, MIDDLE), *before, *_line(words, line, about, dated))
    listing.close()


def _site(words: Words, site: Mapping[str, Any], tier: str) -> list[Box]:
    province, city, county = words.summary.place(site)
    place = [Box(words.city_of(province, city), MIDDLE), Box(words.county(county), MIDDLE), Box(tier, MIDDLE)]
    return [*place, Box(tidy(site["id"], words.lang, 200), TEXT), Box(tidy(site["name"], words.lang, 200), TEXT)]


def _line(words: Words, line: Mapping[str, Any], about: Mapping[str, Any], dated: Look) -> list[Box]:
    lang, rule, priority = words.lang, line["rule"], line["priority"]
    return [
        Box(tidy(rule, lang, 60), TEXT), Box(tidy(about.get("title"), lang, 400), TEXT),
        *(Box(tidy(line[key], lang), TEXT) for key in ("problem", "requirement", "remedy")),
        Box(_lost(line["points_lost"]), MIDDLE),
        Box(priority_word(priority, about.get("level") == "penalty", lang), _VETO if priority == "veto" else MIDDLE),
        Box(_day(line["due"]), dated), Box(tidy(line["owner"], lang, 200), MIDDLE),
    ]  # fmt: skip


def draw_unscored(book: Book, words: Words, limit: int) -> None:
    """Draw the sites that are not rated or have no score, with the reasons."""
    columns = _columns(
        words, ("no", 6), ("status", 10), ("city", words.city_width(12)), ("county", 13), ("tier", 10), ("id", 18),
        ("name", 38), ("reason", 50), ("date", 12),
    )  # fmt: skip
    listing = Listing(book, words, "unscored", columns, words.say("note.unscored"), limit)
    dated = replace(MIDDLE, format=words.say("page.date_format"))
    for group in words.summary.groups:
        for row in group.unscored:
            reason = tidy(row.reason, words.lang) or (
                words.say("unscored.no_score") if row.status == "no_score" else ""
            )
            listing.row(
                Box(listing.count + 1, MIDDLE), Box(label(f"status.{row.status}", words.lang, row.status), MIDDLE),
                Box(words.city(row), MIDDLE), Box(words.county(row.county), MIDDLE),
                Box(words.tier(group, row.tier), MIDDLE), Box(tidy(row.id, words.lang, 200), TEXT),
                Box(tidy(row.name, words.lang, 200), TEXT), Box(reason, TEXT), Box(_day(row.date), dated),
                *_standard(words, group),
            )  # fmt: skip
    listing.close()


def draw_errors(book: Book, words: Words, errors: Iterable[ErrorRow], limit: int) -> None:
    """Draw what could not be assessed: where, what is wrong, what would be right."""
    columns = [Column(*column) for column in (
        ("no", 6), ("file", 44), ("line", 7), ("place", 6), ("sheet", 14), ("cell", 9), ("fault", 56), ("right", 44),
    )]  # fmt: skip
    listing = Listing(book, words, "errors", columns, words.say("note.left_out"), limit)
    for row in errors:
        listing.row(
            Box(listing.count + 1, MIDDLE), Box(tidy(row.file, words.lang, 400), TEXT), Box(row.line, MIDDLE),
            Box(row.column, MIDDLE), Box(tidy(row.sheet, words.lang, 100), MIDDLE),
            Box(tidy(row.cell, words.lang, 20), MIDDLE), Box(tidy(row.fault, words.lang), TEXT),
            Box(tidy(row.remedy, words.lang), TEXT),
        )  # fmt: skip
    listing.close()
