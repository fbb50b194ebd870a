"""The branches of a deduction in words: what is found, and what it costs."""

from __future__ import annotations

from typing import assert_never

from plsp_audit.model.awards import Branch, JudgedBranch, MissingBranch, PerBranch, WhenBranch
from plsp_audit.standards.wording_check import over_subject, render
from plsp_audit.standards.wording_value import amount
from plsp_audit.standards.wording_words import Words, squashed


def branch_text(branch: Branch, words: Words) -> str:
    """Write a branch with its cost: “有固定场所”为“否”，有此情形扣10分."""
    cost = _cost_text(branch, words)
    if not isinstance(branch, WhenBranch) and branch.at_most is not None:
        most = words.keyword("award.branch.at_most", points=amount(branch.at_most, words))
        cost = words.say("list.comma").join((cost, most))
    if isinstance(branch, JudgedBranch) and not branch.title:
        return cost
    form = "award.branch_per" if isinstance(branch, PerBranch) else "award.branch"
    return words.say(form, text=found_text(branch, words), cost=cost)


def found_text(branch: Branch, words: Words) -> str:
    """Write what a branch looks for, without its cost."""
    if branch.title:
        return squashed(branch.title)
    match branch:
        case WhenBranch():
            return render(branch.when, words, "if", depth=1)
        case PerBranch():
            return over_subject(branch.per, (), words).label
        case MissingBranch():
            return render(branch.missing_of, words, "must", depth=1)
        case JudgedBranch():
            return words.say("asked.judged_branch")
        case _:
            assert_never(branch)


def _cost_text(branch: Branch, words: Words) -> str:
    match branch:
        case WhenBranch():
            return words.keyword("award.branch.when", points=amount(branch.points, words))
        case PerBranch():
            unit = over_subject(branch.per, (), words).of.unit
            if unit and unit != "%":
                return words.say("award.branch_unit", unit=unit, points=amount(branch.points, words))
            return words.keyword("award.branch.per", points=amount(branch.points, words))
        case MissingBranch():
            return words.keyword("award.branch.missing_of", points=amount(branch.points, words))
        case JudgedBranch():
            low, high = (amount(v, words) for v in branch.judged)
            cost = words.keyword("award.branch.judged", low=low, high=high)
            return words.say("award.each_time", cost=cost) if branch.each else cost
        case _:
            assert_never(branch)
