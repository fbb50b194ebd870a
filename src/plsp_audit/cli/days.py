"""A day given on the command line."""

from __future__ import annotations

from datetime import date

import click

from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.values import ValueFault, read_date


def day_given(text: str, lang: Lang) -> date:
    """Give the day that an option names, in any form that an inspection file may write it.

    Raises:
        click.UsageError: It is no day, or only a month.
    """
    try:
        span = read_date(text)
    except ValueFault:
        span = None
    if span is None or span.first != span.last:
        raise click.UsageError(say("cli.bad_date", lang, given=text))
    return date.fromordinal(span.first)


def day_text(text: str, lang: Lang) -> str:
    """Give the day that an option names as ISO text; nothing for nothing.

    Raises:
        click.UsageError: It is no day, or only a month.
    """
    return day_given(text, lang).isoformat() if text else ""
