"""The long parts of a result as JSON, written straight from their fields: the same text as by way of plain values."""

from __future__ import annotations

import json
from fractions import Fraction
from json.encoder import encode_basestring as _text

from plsp_audit.model.base import plain
from plsp_audit.model.result import Clause, PartResult, PartsCount, Rectification, RuleResult

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def rule_text(rule: RuleResult) -> str:
    """Give a rule's result as JSON."""
    evidence = waiver = ""
    if rule.evidence:
        evidence = ",".join([_encode(item.model_dump(mode="json")) for item in rule.evidence])
    if rule.waiver is not None:
        waiver = _encode(rule.waiver.model_dump(mode="json"))
    self_score = "null" if rule.self_score is None else _number(rule.self_score)
    return (
        f'{{"id":{_text(rule.id)},"title":{_text(rule.title)},"dimension":{_text(rule.dimension)},'
        f'"level":"{rule.level}","state":"{rule.state}",{_points(rule)},"parts":{_count(rule.parts)},{_said(rule)},'
        f'"clause":{_clause(rule.clause)},"method":{_maybe(rule.method)},"evidence":[{evidence}],'
        f'"evidence_missing":{"true" if rule.evidence_missing else "false"},"note":{_maybe(rule.note)},'
        f'"waiver":{waiver or "null"},"self_score":{self_score},'
        f'"parts_detail":[{",".join(map(_part, rule.parts_detail))}]}}'
    )


def rectification_text(line: Rectification) -> str:
    """Give a line of the rectification list as JSON."""
    return (
        f'{{"no":{line.no},"rule":{_text(line.rule)},"problem":{_text(line.problem)},'
        f'"requirement":{_text(line.requirement)},"remedy":{_text(line.remedy)},'
        f'"points_lost":{_number(line.points_lost)},"priority":"{line.priority}","due":{_maybe(line.due)},'
        f'"owner":{_maybe(line.owner)}}}'
    )


def _part(part: PartResult) -> str:
    return (
        f'{{"no":{part.no},"title":{_text(part.title)},"state":"{part.state}",{_points(part)},'
        f'"parts":{_count(part.parts)},{_said(part)}}}'
    )


def _points(one: RuleResult | PartResult) -> str:
    return (
        f'"points":{_number(one.points)},"awarded":{_number(one.awarded)},"low":{_number(one.low)},'
        f'"high":{_number(one.high)}'
    )


def _said(one: RuleResult | PartResult) -> str:
    return f'"observed":{_text(one.observed)},"required":{_text(one.required)},"reason":{_text(one.reason)}'


def _count(count: PartsCount) -> str:
    missing = ",".join(map(_text, count.missing))
    return f'{{"asked":{count.asked},"met":{count.met},"unknown":{count.unknown},"missing":[{missing}]}}'


def _clause(clause: Clause) -> str:
    at = _text(clause.at) if isinstance(clause.at, str) else f"[{','.join(map(_text, clause.at))}]"
    return f'{{"source":{_text(clause.source)},"at":{at}}}'


def _maybe(text: str | None) -> str:
    return "null" if text is None else _text(text)


def _number(value: Fraction) -> str:
    return repr(plain(value))
