"""What the papers that put two standards side by side print in a cell."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from plsp_audit.model.base import number_text
from plsp_audit.model.catalogue import say
from plsp_audit.reporting.wording import clean
from plsp_audit.standards.crosswalk import Crosswalk, Row, RowSide, RuleAsk, TierCrosswalk
from plsp_audit.standards.crosswalk_verdict import VERDICTS
from plsp_audit.standards.tiers import usual_name

STRICTER: Final = {"a_stricter": "a", "only_a": "a", "b_stricter": "b", "only_b": "b"}
"""By verdict, the side that asks more."""


def percent(share: Fraction | None) -> str:
    """Write a share to one decimal; nothing for none."""
    return "" if share is None else number_text(share, 1)


def points(worth: Fraction, share: Fraction | None, walk: Crosswalk) -> str:
    """Write points with their share: 3分（占2.5%）."""
    text = number_text(worth, 2)
    if share is None or not worth:
        return walk.say("points", points=text)
    return walk.say("points_share", points=text, share=percent(share))


def rule_name(ask: RuleAsk, walk: Crosswalk) -> str:
    """Name a rule, or a part of it: GS-S-03/1."""
    return ask.rule if ask.part is None else walk.say("part", rule=ask.rule, part=ask.part)


def asked(ask: RuleAsk, walk: Crosswalk) -> str:
    """Write what a rule asks, a line a piece, and under what alone."""
    return "\n".join(clean(text, walk.lang) for text in (*ask.texts, *(f"（{limit}）" for limit in ask.limits)))


def asked_all(side: RowSide | None, walk: Crosswalk) -> str:
    """Write what a standard asks of a fact; where several rules do, each after its name."""
    if side is None:
        return walk.say("none")
    if len(side.asks) == 1:
        return asked(side.asks[0], walk)
    return "\n".join(f"{rule_name(ask, walk)} {asked(ask, walk)}" for ask in side.asks)


def bases(side: RowSide | None, walk: Crosswalk) -> str:
    """Write the rules with their clauses."""
    if side is None:
        return ""
    return "\n".join(f"{rule_name(ask, walk)}\n{clean(ask.clause, walk.lang)}" for ask in side.asks)


def levels(side: RowSide | None, walk: Crosswalk) -> str:
    """Write the levels of a row's rules, each once."""
    if side is None:
        return ""
    return "\n".join(dict.fromkeys(say(f"label.level.{ask.level}", walk.lang) for ask in side.asks))


def reason(row: Row, walk: Crosswalk) -> str:
    """Write in what the two differ."""
    return "\n".join(clean(text, walk.lang) for text in row.reasons)


def verdict_counts(tier: TierCrosswalk, walk: Crosswalk) -> str:
    """Write how many facts have which verdict."""
    items = [
        walk.say("counted", verdict=walk.say(f"verdict.{verdict}"), count=tier.count(verdict)) for verdict in VERDICTS
    ]
    return say("wording.list.comma", walk.lang).join(items)


def tier_title(tier: TierCrosswalk, walk: Crosswalk) -> str:
    """Name the tier; both where they are different ones."""
    names = dict.fromkeys(usual_name(one.id, walk.lang) for one in (tier.a, tier.b))
    return "—".join(names)


def side_title(side: str, walk: Crosswalk) -> str:
    """Name a side with its standard: 甲：gansu-2018."""
    standard = walk.a if side == "a" else walk.b
    return walk.say("column.side", side=walk.say(f"side.{side}"), id=standard.id)


def file_stem(walk: Crosswalk) -> str:
    """Give the name of the files, without their endings."""
    return f"compare-{walk.a.id}-{walk.b.id}"
