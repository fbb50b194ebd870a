"""Tiers of which only some sites were inspected, as `--sampled` names them."""

from __future__ import annotations

from collections.abc import Sequence

import click

from plsp_audit.model.catalogue import Lang, say, sentences
from plsp_audit.model.text import folded


def sampled_given(given: Sequence[str], lang: Lang) -> dict[str, int | None]:
    """Give how many sites there are of each tier named, None where that is not said.

    Args:
        given: `TIER` or `TIER=OF`, the tier by id or label, a city and a county before it where it stands for these.
        lang: The language of messages.

    Raises:
        click.UsageError: It is none of these.
    """
    return dict(_sample(text, lang) for text in given)


def _sample(text: str, lang: Lang) -> tuple[str, int | None]:
    tier, equals, of = (piece.strip() for piece in text.replace("＝", "=").partition("="))
    right = of.isascii() and of.isdecimal() and int(of) > 0 if equals else True
    if not tier or not right:
        raise click.UsageError(say("batch.bad_sampled", lang, given=text))
    place, slash, name = tier.rpartition("/")
    return f"{place}{slash}{_tier(name)}", int(of) if equals else None


def _tier(name: str) -> str:
    """Give the id of a tier that may be written by its label."""
    labels = ((key, word) for words in ("zh", "en") for key, word in sentences("label", words)["tier"].items())
    return next((key for key, word in labels if folded(word) == folded(name)), name)
