"""The shipped standards have no defect, and every clause of their documents is accounted for."""

from __future__ import annotations

import pytest

from plsp_audit.cli.packs import folder_names
from plsp_audit.loading.packs import Library
from plsp_audit.standards.coverage import coverage
from plsp_audit.standards.lint import lint
from plsp_audit.standards.resolve import resolve

LIBRARY = Library()
SHIPPED = folder_names(LIBRARY)


def test_every_folder_is_a_standard() -> None:
    assert SHIPPED
    assert [pack.id for pack in LIBRARY.names()] == SHIPPED


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_standard_has_no_findings(name: str) -> None:
    assert [p.text() for p in lint(resolve(LIBRARY, name))] == []


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_standard_accounts_for_every_clause(name: str) -> None:
    for source in coverage(resolve(LIBRARY, name)):
        assert source.clauses
        assert [clause.at for clause in source.missing] == []
        assert source.strays == ()
