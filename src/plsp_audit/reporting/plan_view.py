"""An improvement plan in words, as the screen and the workbook show it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from plsp_audit.model.base import number_text
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.plan import Obstacle, Plan, Standing, Step, Target
from plsp_audit.model.standard import ResolvedStandard
from plsp_audit.reporting.wording import NOTHING, clean, listed, number, signed


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step in words; `effort`, `gain` and `score` also as numbers, for a workbook."""

    no: int
    rule: str
    title: str
    kind: str
    veto: bool
    problem: str
    remedy: str
    due: str
    effort: Fraction
    gain: Fraction
    score: Fraction | None
    grade: str

    @property
    def after(self) -> str:
        """Score and grade after the step."""
        return NOTHING if self.score is None else f"{number_text(self.score, 2)} {self.grade}"


@dataclass(frozen=True, slots=True)
class OpenRow:
    """A rule that was not checked, in words."""

    rule: str
    title: str
    kind: str
    gain: Fraction
    unknown: str
    counted: str


@dataclass(frozen=True, slots=True)
class ObstacleRow:
    """What stands in the way, and the points of the score that it keeps; None where it is no matter of points."""

    text: str
    points: Fraction | None


class PlanView:
    """A plan in the words of one language.

    Args:
        plan: The plan.
        standard: The standard that it was made under.
        lang: The language.
    """

    def __init__(self, plan: Plan, standard: ResolvedStandard, lang: Lang) -> None:
        self.plan, self.standard, self.lang = plan, standard, lang
        self.subject = self.say("subject", name=clean(plan.site.name, lang, 200), id=clean(plan.site.id, lang, 100))
        tier = standard.tier(plan.site.tier)
        self.tier = clean(tier.title if tier else plan.site.tier, lang, 200)
        self.steps = [self._step(step) for step in plan.steps]
        self.obstacles = [self._obstacle(one) for one in plan.obstacles]
        self.open = [
            OpenRow(
                item.rule, clean(item.title, lang), self.say("kind.veto" if item.veto else f"kind.{item.level}"),
                item.gain, clean(item.unknown, lang), self.say(f"counted.{'yes' if item.counted_on else 'no'}"),
            )
            for item in plan.open
        ]  # fmt: skip

    def say(self, key: str, **params: object) -> str:
        """Give a sentence of the plan's catalogue."""
        return say(f"plan.{key}", self.lang, **params)

    @property
    def target(self) -> str:
        """What is to be reached."""
        target = self.plan.target
        if target.grade is None:
            return self.say("target.score", score=number(target.score))
        start = next((g.from_ for g in self.standard.grades if g.id == target.grade.id), None)
        if not start:
            return self.say("target.grade_any", grade=clean(target.grade.title, self.lang, 60))
        return self.say("target.grade", grade=clean(target.grade.title, self.lang, 60), **{"from": number(start)})

    def standing(self, given: Standing | None) -> str:
        """Say where the site stands; a dash without a score."""
        if given is None:
            return NOTHING
        grade = clean(given.grade.title, self.lang, 60)
        score, rounded = number(given.score), number(given.rounded)
        key = "line.standing" if score == rounded else "line.standing_rounded"
        text = self.say(key, score=score, rounded=rounded, grade=grade)
        if not given.capped_by:
            return text
        return self.say("line.capped", standing=text, names=listed(given.capped_by, self.lang))

    def outcome(self) -> Iterator[str]:
        """Give what the plan comes to, in a few lines."""
        plan = self.plan
        if plan.status == "not_rated":
            reason = clean(plan.reason, self.lang)
            yield self.say("status.not_rated", reason=reason) if reason else self.say("status.not_rated_plain")
            return
        if plan.status == "no_score":
            yield self.say("status.no_score")
            return
        yield self.say("line.now", standing=self.standing(plan.now))
        if plan.status == "already":
            yield self.say("status.already")
        elif plan.status == "reached":
            yield self._cost("line.cost")
            verified = "_verified" if plan.fixes else "_verified_only"
            key = "line.after" + (verified if plan.verifications else "")
            yield self.say(key, standing=self.standing(plan.after))
        else:
            key = "status.unreachable_verified" if plan.unknowns and plan.open else "status.unreachable"
            yield self.say(key, best=self.standing(plan.best))

    def instead(self) -> str:
        """Say what the steps lead to where the target cannot be reached; empty where it can."""
        if self.plan.status != "unreachable":
            return ""
        if self.plan.aim is None:
            better = self.plan.best and self.plan.now and self.plan.best.score > self.plan.now.score
            return self.say("status.unreachable_none") if better else ""
        return self._cost("status.unreachable_steps", aim=self._aim(self.plan.aim))

    def _aim(self, aim: Target) -> str:
        if aim.grade is not None:
            return self.say("status.aim_grade", grade=clean(aim.grade.title, self.lang, 60))
        return self.say("status.aim_score", score=number(aim.score))

    def _cost(self, key: str, **params: object) -> str:
        plan = self.plan
        numbers = {"fixes": plan.fixes, "effort": number(plan.effort), "count": plan.verifications}
        if not plan.verifications:
            return self.say(key, **numbers, **params)
        only = key == "line.cost" and not plan.fixes
        return self.say(f"{key}_verify_only" if only else f"{key}_verify", **numbers, **params)

    def notes(self) -> Iterator[str]:
        """Give what a reader of the steps has to know."""
        plan = self.plan
        handled = {step.rule for step in plan.steps}
        unchecked = sum(item.rule not in handled for item in plan.open)
        if plan.steps:
            if plan.proven:
                yield self.say("note.proven")
            else:
                yield self.say("note.unproven", least=number(plan.least_effort))
            if any(step.veto for step in plan.steps):
                yield self.say("note.veto_first")
            if plan.fixes:
                yield self.say("note.unit")
        if plan.verifications:
            if self.standard.scoring.not_checked == "exclude":
                yield self.say("note.exclude")
            yield self.say("note.counted_on", count=plan.verifications)
        if plan.at_worst is not None:
            worst = plan.at_worst
            if worst.effort is None:
                yield self.say("note.at_worst_none")
            else:
                yield self.say("note.at_worst", fixes=worst.fixes, effort=number(worst.effort))
        if unchecked and not plan.unknowns and plan.status not in ("already", "not_rated"):
            yield self.say("note.open", count=unchecked)

    def _step(self, step: Step) -> StepRow:
        kind = "verify" if step.kind == "verify" else "veto" if step.veto else step.level
        remedy = clean(step.remedy, self.lang) or self.say("step.no_remedy")
        after = step.after
        return StepRow(
            no=step.no, rule=step.rule, title=clean(step.title, self.lang), kind=self.say(f"kind.{kind}"),
            veto=step.veto, problem=clean(step.problem, self.lang),
            remedy=self.say("step.verify") if step.kind == "verify" else remedy, due=step.due or "",
            effort=step.effort, gain=step.gain, score=after.score if after else None,
            grade=clean(after.grade.title, self.lang, 60) if after else "",
        )  # fmt: skip

    def _obstacle(self, one: Obstacle) -> ObstacleRow:
        points = NOTHING if one.points is None else number(one.points)
        text = self.say(
            f"obstacle.{one.kind}", id=clean(one.id, self.lang, 100), title=clean(one.title, self.lang, 300),
            points=points, cap=clean(one.text, self.lang, 60),
        )  # fmt: skip
        told = one.kind in ("not_checked", "waived", "not_applicable", "never_full")
        return ObstacleRow(text, one.points if told else None)


def gain_text(row: StepRow) -> str:
    """Write what a step gains, with its sign."""
    return signed(row.gain)
