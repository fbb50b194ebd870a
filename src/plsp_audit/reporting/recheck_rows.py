"""The rows a recheck's report is made of: words only, ready to print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.recheck import ClaimCheck, Item, Members, Outcome, PartItem, Recheck, RuleChange, Side
from plsp_audit.reporting.wording import NOTHING, clean, listed, number

GROUPS: Final[tuple[Outcome, ...]] = (
    "open", "partly", "new", "unchecked", "fixed", "dropped", "waived", "removed",
)  # fmt: skip
"""The groups of the item table: what is to be done first."""

Said = Callable[..., str]


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item as it was and is.

    `details` are lines on members and parts, `tags` stand behind the title, `moved` tells both states.
    """

    id: str
    title: str
    tags: str
    required: str
    clause: str
    outcome: Outcome
    outcome_label: str
    was: str
    was_text: str
    now: str
    now_text: str
    moved: str
    details: tuple[str, ...]
    points: str


@dataclass(frozen=True, slots=True)
class ItemGroup:
    """The items with one outcome; the title tells how many."""

    outcome: Outcome
    title: str
    rows: tuple[ItemRow, ...]


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim against what was seen."""

    rule: str
    title: str
    said: str
    seen: str
    outcome: str


@dataclass(frozen=True, slots=True)
class ClaimGroup:
    """The claims that agree or disagree in one way; `bad` is what has to be looked into."""

    kind: str
    title: str
    bad: bool
    rows: tuple[ClaimRow, ...]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A rule that the two standards have differently."""

    rule: str
    title: str
    kind: str
    what: str


def speaker(lang: Lang) -> Said:
    """Give the function that says a sentence of this report's catalogue."""
    return lambda key, **params: say(f"recheck.{key}", lang, **params)


def item_row(item: Item, lang: Lang) -> ItemRow:
    """Put an item into words."""
    said = speaker(lang)
    tags = [said(f"item.{name}") for name in ("veto", "worse", "by_standard") if getattr(item, name)]
    if item.level == "recommended":
        tags.insert(0, say("report.rule.recommended", lang))
    return ItemRow(
        id=item.id,
        title=clean(item.title, lang, 300),
        tags="".join(said("item.tag", tag=tag) for tag in tags),
        required=clean(item.required, lang, 400),
        clause=clean(item.clause, lang, 100),
        outcome=item.outcome,
        outcome_label=said(f"outcome.{item.outcome}"),
        was=state_text(item.before, lang),
        was_text=_parts_told(item, "before", lang) or _told(item.before, lang),
        now=state_text(item.after, lang),
        now_text=_parts_told(item, "after", lang) or _told(item.after, lang),
        moved=_moved_text(item, lang),
        details=tuple(_details(item, lang)),
        points=points_pair(item, lang),
    )


def _moved_text(item: Item, lang: Lang) -> str:
    """Give both states where they differ, one where they are the same."""
    was, now = state_text(item.before, lang), state_text(item.after, lang)
    return now if was == now else speaker(lang)("big.arrow", before=was, after=now)


def state_text(side: Side | None, lang: Lang) -> str:
    """Give the state of a side in words."""
    return speaker(lang)("item.no_rule") if side is None else say(f"label.state.{side.state}", lang)


def points_pair(item: Item, lang: Lang) -> str:
    """Give the points of both sides: `2.5/5 → 5/5`."""
    sides = [
        NOTHING if side is None or side.state in ("not_applicable", "waived", "info")
        else f"{number(side.awarded)}/{number(side.points)}"
        for side in (item.before, item.after)
    ]  # fmt: skip
    return speaker(lang)("big.arrow", before=sides[0], after=sides[1])


def _parts_told(item: Item, which: Literal["before", "after"], lang: Lang) -> str:
    """Give the state and points of every part."""
    lines = []
    for part in item.parts:
        side: Side | None = getattr(part, which)
        if side is not None:
            words = {"state": state_text(side, lang), "awarded": number(side.awarded), "points": number(side.points)}
            lines.append(speaker(lang)("item.part_state", no=part.no, **words))
    return "\n".join(lines)


def _told(side: Side | None, lang: Lang) -> str:
    """Say what was found: why points were lost where they were, else what was observed."""
    if side is None:
        return ""
    return clean(side.observed if side.state == "pass" else side.reason or side.observed, lang, 300)


def _details(item: Item, lang: Lang) -> list[str]:
    said = speaker(lang)
    if item.outcome not in GROUPS:
        return []
    moved = item.members.there or item.members.newly or item.members.unsure
    if not item.parts:
        # where nothing moved, or all is new, what is missing stands in the reasons already
        return member_lines(item.members, lang) if moved and item.outcome != "new" else []
    lines = []
    for part in item.parts:
        if part.outcome in GROUPS:
            lines.append(_part_line(part, said, lang))
    return lines


def _part_line(part: PartItem, said: Said, lang: Lang) -> str:
    head = said("item.part", no=part.no, title=clean(part.title, lang, 120), outcome=said(f"outcome.{part.outcome}"))
    more = [line for line in member_lines(part.members, lang) if part.title not in line]
    return f"{head}{say('report.text.comma', lang).join(['', *more])}" if more and part.outcome == "partly" else head


def member_lines(members: Members, lang: Lang) -> list[str]:
    """Say which members are there now, still missing, newly missing, or not known."""
    lines = []
    for key in ("there", "still", "newly", "unsure"):
        names = [clean(name, lang, 80) for name in dict.fromkeys(getattr(members, key))]
        if names:
            lines.append(speaker(lang)(f"member.{key}", items=listed(names, lang)))
    return lines


def item_groups(items: Sequence[Item], lang: Lang) -> tuple[ItemGroup, ...]:
    """Give the findings by what became of them, what is to be done first."""
    groups = []
    for outcome in GROUPS:
        rows = tuple(item_row(item, lang) for item in items if item.outcome == outcome)
        if rows:
            groups.append(ItemGroup(outcome, _counted(speaker(lang)(f"group.{outcome}"), rows, lang), rows))
    return tuple(groups)


def _counted(title: str, rows: Sequence[object], lang: Lang) -> str:
    return speaker(lang)("item.group_count", title=title, count=len(rows))


def other_rows(items: Sequence[Item], lang: Lang) -> tuple[ItemRow, ...]:
    """Give what changed though it is no finding: bonus, and what is met, unchecked or out of play now."""
    return tuple(item_row(item, lang) for item in items if item.outcome not in (*GROUPS, "kept") and _moved(item))


def _moved(item: Item) -> bool:
    was, now = item.before, item.after
    return was is None or now is None or (was.state, was.awarded) != (now.state, now.awarded)


_BAD: Final = ("claimed_not_fixed", "claimed_unchecked")


def claim_groups(found: Recheck, lang: Lang) -> tuple[ClaimGroup, ...]:
    """Give the claims by how they agree with what was seen, the gravest disagreement first."""
    kinds = dict.fromkeys(check.kind for check in found.claims or ())
    groups = []
    for kind in kinds:
        rows = tuple(_claim(check, lang) for check in found.claims or () if check.kind == kind)
        groups.append(ClaimGroup(kind, _counted(speaker(lang)(f"claim.{kind}"), rows, lang), kind in _BAD, rows))
    return tuple(groups)


def _claim(check: ClaimCheck, lang: Lang) -> ClaimRow:
    said, claim, item = speaker(lang), check.claim, check.item
    words = [said("claim.no_row")] if claim is None else [claim.said or said("claim.blank")]
    if claim is not None:
        words += [said("claim.done", on=claim.on)] if claim.on else []
        words += [said("claim.by", name=claim.by)] if claim.by else []
        words += [said("claim.place", place=claim.place)] if claim.place and claim.said else []
    state, told = ("", "") if item is None else (state_text(item.after, lang), _told(item.after, lang))
    seen = [told] if told.casefold().startswith(state.casefold()) and told else [state, told]
    joined = say("report.text.comma", lang)
    return ClaimRow(
        rule=clean(check.rule, lang, 60),
        title=clean(check.title, lang, 200),
        said=clean(joined.join(filter(None, words)), lang, 300),
        seen=clean(joined.join(filter(None, seen)), lang, 300),
        outcome=said(f"outcome.{item.outcome}") if item is not None else NOTHING,
    )


def change_rows(rules: Sequence[RuleChange], lang: Lang) -> tuple[ChangeRow, ...]:
    """Say in what the rules of two standards differ."""
    return tuple(
        ChangeRow(clean(r.rule, lang, 60), clean(r.title, lang, 200), speaker(lang)(f"change.{r.kind}"),
                  _what(r, lang))
        for r in rules
    )  # fmt: skip


def _what(rule: RuleChange, lang: Lang) -> str:
    said = speaker(lang)
    joined = say("report.text.comma", lang)
    if rule.kind != "changed":
        points = rule.points_after if rule.points_after is not None else rule.points_before
        asked = rule.required_after or rule.required_before
        worth = number(points) + say("report.headline.points", lang)
        return clean(joined.join(filter(None, (worth, asked))), lang, 300)
    words = []
    for key in rule.what:
        if key == "points":
            words.append(said("change.points", before=number(rule.points_before), after=number(rule.points_after)))
        elif key == "level":
            levels = [say(f"label.level.{one}", lang) for one in (rule.level_before, rule.level_after)]
            words.append(said("change.level", before=levels[0], after=levels[1]))
        else:
            words.append(said(f"change.{key}"))
            if key == "asks" and rule.required_before != rule.required_after:
                words[-1] += said("change.asked", before=rule.required_before, after=rule.required_after)
    return clean(joined.join(words), lang, 600)
