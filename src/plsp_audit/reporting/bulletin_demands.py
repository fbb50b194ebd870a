"""What a circular asks: rectification with its deadlines, a second look, and what is still to be done."""

from __future__ import annotations

from plsp_audit.reporting.bulletin_counts import MOST_UNITS
from plsp_audit.reporting.bulletin_words import Words


def demands(words: Words) -> list[tuple[str, str]]:
    """Give the demands as lead and text; those for which there is no cause are left out."""
    facts = words.facts
    not_rated = sum(len(one.sites) for one in facts.whole.excluded if one.status == "not_rated")
    found = []
    if facts.demands.findings:
        found.append((words.say("lead.rectify"), _rectify(words)))
        key = "follow_county" if facts.level == "county" else "follow"
        text = words.say(f"demand.{key}", whom=words.whom, we=words.we)
        if words.head.report_by:
            text += words.say("demand.report", date=words.date(words.head.report_by), we=words.we)
        found.append((words.say("lead.follow"), text))
    if not_rated:
        found.append((words.say("lead.wait"), words.say("demand.wait", count=not_rated, event=words.event)))
    if facts.open_sites:
        key = "check" if facts.undecided else "check_score"
        found.append((words.say("lead.check"), words.say(f"demand.{key}", count=facts.open_sites)))
    key = "keep" if facts.demands.findings else "keep_nothing"
    return [*found, (words.say("lead.keep"), words.say(f"demand.{key}", event=words.event))]


def _rectify(words: Words) -> str:
    facts, asked = words.facts, words.facts.demands
    kinds = {"veto": asked.veto, "required": asked.required, "recommended": asked.recommended}
    items = words.joined(words.say(f"demand.{kind}", count=count) for kind, count in kinds.items() if count)
    told = {"event": words.event, "findings": asked.findings, "sites": asked.sites}
    text = words.say("demand.findings", kinds=words.say("demand.kinds", kinds=items), **told)
    parts = [part for part in facts.parts if part.findings]
    if 1 < len(parts) <= MOST_UNITS and facts.level == "city":
        units = words.joined(words.say("demand.unit", name=words.place(part.place.county), count=part.findings)
                             for part in parts)  # fmt: skip
        text += words.say("demand.units", unit=words.unit, items=units)
    text += words.say("demand.assign_county" if facts.level == "county" else "demand.assign", whom=words.whom)
    return text + _deadlines(words)


def _deadlines(words: Words) -> str:
    """Say when rectification is due; what is due before the circular is dated is asked for at once."""
    issued = words.head.date
    over = sum(count for day, count in words.facts.demands.due if day <= issued)
    days = [day for day, _ in words.facts.demands.due if day > issued]
    if over and not days:
        return words.say("demand.all_over", count=over)
    text = words.say("demand.over", count=over) if over else ""
    if not days:
        return text
    if over:
        return text + words.say("demand.others", last=words.date(days[-1]))
    if len(days) == 1:
        return text + words.say("demand.due_one", last=words.date(days[0]))
    return text + words.say("demand.due", first=words.date(days[0]), last=words.date(days[-1]))
