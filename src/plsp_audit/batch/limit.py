"""`--fail-under`: a score or a grade, and whether a result is below it."""

from __future__ import annotations

from fractions import Fraction

from plsp_audit.model.base import exact
from plsp_audit.model.standard import ResolvedStandard
from plsp_audit.model.text import folded


class Limit:
    """What a site should reach.

    Args:
        text: A number, or the id or title of a grade.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        try:
            self._least: Fraction | None = exact(text)
        except ValueError:
            self._least = None

    @property
    def is_number(self) -> bool:
        """Whether it is a score, which any standard has."""
        return self._least is not None

    def fits(self, standard: ResolvedStandard) -> bool:
        """Tell whether it can be held against results under a standard: a number, or one of its grades."""
        return self.is_number or self._rank(standard) is not None

    def under(self, rounded: Fraction | None, grade: str | None, standard: ResolvedStandard) -> bool:
        """Tell whether a result is below it; one without a score never is.

        Args:
            rounded: The score that counts for the grade.
            grade: The id of the grade.
            standard: The standard that gave them. A grade that it does not know has nothing below it.
        """
        if rounded is None or grade is None:
            return False
        rank = self._rank(standard)
        if rank is not None:
            return standard.grade_rank(grade) > rank
        return self._least is not None and rounded < self._least

    def _rank(self, standard: ResolvedStandard) -> int | None:
        wanted = folded(self.text)
        return next((i for i, g in enumerate(standard.grades) if wanted in (folded(g.id), folded(g.title))), None)
