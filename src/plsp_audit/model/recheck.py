"""What a second inspection of a site comes to beside the first: item by item, and where the score went.

Numbers are exact. A bridge's lines always add up to its change; `docs/recheck.md` explains how each is worked out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final, Literal

from plsp_audit.model.result import Level, Result, State
from plsp_audit.model.standard import ResolvedStandard

Outcome = Literal[
    "open", "partly", "new", "unchecked", "fixed", "dropped", "waived", "removed",
    "met", "kept", "not_checked", "out", "extra",
]  # fmt: skip
"""What became of an item; the first eight are findings.

open: found before and still there. partly: still there, but less. new: found now, not before. unchecked: found before,
and nobody looked now. fixed: found before, met now. dropped: found before, does not apply now. waived: found before,
waived now. removed: found before, and the standard no longer asks for it. met: met now, and before neither met nor
found wanting. kept: met before and now. not_checked: not found before, not checked now. out: not found before, does
not apply now. extra: a bonus or an information, which is no finding.
"""

FINDINGS: Final = ("open", "partly", "new", "unchecked", "fixed", "dropped", "waived", "removed")
STANDING: Final = ("open", "partly", "new")
"""Found now, so to be put right."""

Split = Literal["same", "separated", "mixed"]
"""Whether one standard holds for both; else whether the standard's part can be told from the site's."""

LineKind = Literal["rule", "base", "bonus_cap", "limit", "recorded", "whole"]
"""rule: by a rule. base: what a site starts from. bonus_cap: bonus above its cap. limit: the total held between 0 and
its maximum. recorded: what the 4 decimals of a stored result leave out. whole: a change that cannot be taken apart."""

ClaimKind = Literal[
    "claimed_not_fixed", "claimed_unchecked", "fixed_unclaimed", "open_unclaimed", "unchecked_unclaimed", "confirmed",
    "moot", "unknown",
]  # fmt: skip
"""What a ledger says against what was seen, the gravest first. moot: it does not apply or was waived, whatever is said.
unknown: the ledger has a row for something that was no finding."""
CLAIM_KINDS: Final[tuple[ClaimKind, ...]] = (
    "claimed_not_fixed", "claimed_unchecked", "fixed_unclaimed", "open_unclaimed", "unchecked_unclaimed", "confirmed",
    "moot", "unknown",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seen:
    """One side: a result, and the standard it was scored under where that is at hand.

    Attributes:
        source: The file it comes from.
        exact: Whether its numbers are exact; those of a stored result have 4 decimals.
    """

    result: Result
    standard: ResolvedStandard | None
    source: str = ""
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Members:
    """What an item lacked and lacks, by label.

    Attributes:
        there: Missing before, there now.
        still: Missing before and now.
        newly: Missing now, not before.
        unsure: Missing before; now not missing, but not everything was looked at.
    """

    there: tuple[str, ...] = ()
    still: tuple[str, ...] = ()
    newly: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.there or self.still or self.newly or self.unsure)


@dataclass(frozen=True, slots=True)
class Side:
    """What was found of an item at one time. Points are in the standard's points."""

    state: State
    points: Fraction
    awarded: Fraction
    observed: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PartItem:
    """What became of one part (分项) of a rule. A side is None where the standard had no such part."""

    no: int
    title: str
    outcome: Outcome
    before: Side | None
    after: Side | None
    members: Members = Members()
    worse: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """What became of one rule.

    Attributes:
        required: What the standard asks, the newer one where both do.
        worse: It was found before and is graver now.
        veto: It caps the grade where it fails.
        by_standard: The same site would have come out so by the new standard alone.
    """

    id: str
    title: str
    dimension: str
    level: Level
    outcome: Outcome
    before: Side | None
    after: Side | None
    required: str = ""
    clause: str = ""
    members: Members = Members()
    parts: tuple[PartItem, ...] = ()
    worse: bool = False
    veto: bool = False
    by_standard: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a bridge, in points of the score.

    Attributes:
        play: The rule came into play or went out of it (不适用、豁免、未查 … ), so that others weigh more or less.
        outcome: What became of the rule, None for lines of no rule.
    """

    kind: LineKind
    change: Fraction
    rule: str = ""
    title: str = ""
    play: bool = False
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Bridge:
    """From one score to another; the changes of the lines add up to `end - start` exactly.

    Attributes:
        lines: Those that change anything, rules in the standard's order, then the rest.
        rounding: How much more (or less) the rounded scores differ than the exact ones.
        by: What a rule's line is: what its own change does (`change`), or the difference of what it contributes to
            either score (`share`); `whole` where nothing is known of the rules.
    """

    start: Fraction
    end: Fraction
    lines: tuple[Line, ...]
    rounding: Fraction
    by: Literal["change", "share", "whole"] = "change"

    @property
    def change(self) -> Fraction:
        """What the score gained or lost."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule that the two standards have differently.

    `what` names the keys that differ, none where one standard lacks the rule.
    """

    rule: str
    title: str
    kind: Literal["added", "removed", "changed"]
    points_before: Fraction | None = None
    points_after: Fraction | None = None
    level_before: Level | None = None
    level_after: Level | None = None
    required_before: str = ""
    required_after: str = ""
    what: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StandardChange:
    """The standard changed between the two inspections.

    Attributes:
        split: Whether its part can be told apart.
        why: Why not: a key of the catalogue.
        detail: What else there is to say of it.
        rules: What differs.
        scoring: The keys of scoring, grades and dimensions that differ; None where a standard is not at hand.
        middle: BEFORE's inspection scored under AFTER's standard.
        bridge: From BEFORE's score to that.
        aside: Entries of BEFORE's file that the new standard does not know.
    """

    split: Split
    rules: tuple[RuleChange, ...] = ()
    scoring: tuple[str, ...] | None = None
    why: str = ""
    detail: str = ""
    middle: Result | None = None
    bridge: Bridge | None = None
    aside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cap:
    """A veto or a dimension below its pass mark that caps the grade; `best` is the title of the grade it leaves.

    `unchecked` is one of the first inspection that the second did not look into: nobody knows whether it is lifted.
    """

    id: str
    title: str
    change: Literal["lifted", "new", "kept", "unchecked"]
    best: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One row of a rectification ledger that came back.

    Attributes:
        site: The site's id.
        rule: The rule's id.
        done: Whether it says that the repair is done.
        said: What it says, as written.
        on: The day of completion, ISO.
        by: Who verified it.
        place: Where the row stands, for people.
    """

    site: str
    rule: str
    done: bool
    said: str = ""
    on: str | None = None
    by: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """A claim held against what was seen. `claim` is None where the ledger has no row for the finding."""

    kind: ClaimKind
    rule: str
    title: str
    item: Item | None
    claim: Claim | None


@dataclass(frozen=True, slots=True)
class Recheck:
    """One site, inspected twice.

    Attributes:
        split: Whether the standard is the same; `standard` says more where it is not.
        bridge: From BEFORE's score to AFTER's, or from the middle where the standard's part is apart; None where a
            side has no score.
        items: In the order of the newer standard, then what only the older one has.
        late: AFTER was inspected before BEFORE.
        grade_move: Whether the grade rose or fell; None where the two cannot be compared.
        claims: None where no ledger was given.
    """

    before: Seen
    after: Seen
    split: Split
    standard: StandardChange | None
    bridge: Bridge | None
    items: tuple[Item, ...]
    caps: tuple[Cap, ...]
    late: bool
    grade_move: Literal["up", "down", "same"] | None
    claims: tuple[ClaimCheck, ...] | None = None

    def count(self, *outcomes: Outcome) -> int:
        """Count the items with one of these outcomes."""
        return sum(item.outcome in outcomes for item in self.items)

    @property
    def change(self) -> Fraction | None:
        """What the score gained or lost altogether; None where a side has none."""
        before, after = self.before.result.score, self.after.result.score
        return None if before is None or after is None else after.value - before.value


@dataclass(frozen=True, slots=True)
class Tally:
    """How many findings had which outcome, under one heading: a county, or a rule."""

    key: tuple[str, ...]
    title: str
    counts: Mapping[Outcome, int]
    sites: int = 0


@dataclass(frozen=True, slots=True)
class RecheckSummary:
    """Many sites, inspected twice.

    Attributes:
        sites: In the order of the newer side.
        only_before: Ids and names of sites that only BEFORE has; `only_after` likewise.
        moves: How many scores rose, fell and stayed, and how many sites have none on a side.
        grade_moves: The same of grades, over sites whose grades can be compared.
        counts: Findings by outcome.
        counties: By place; `rules` by standard and rule, those still standing at most sites first.
        standing: The sites with something still to be put right, the gravest first.
    """

    sites: tuple[Recheck, ...]
    only_before: tuple[tuple[str, str], ...] = ()
    only_after: tuple[tuple[str, str], ...] = ()
    moves: Mapping[Literal["up", "down", "same", "none"], int] = field(default_factory=dict)
    grade_moves: Mapping[Literal["up", "down", "same", "none"], int] = field(default_factory=dict)
    counts: Mapping[Outcome, int] = field(default_factory=dict)
    counties: tuple[Tally, ...] = ()
    rules: tuple[Tally, ...] = ()
    standing: tuple[Recheck, ...] = ()
