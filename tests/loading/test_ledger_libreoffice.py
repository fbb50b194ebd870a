"""A ledger that LibreOffice opened and saved is read like one that nobody touched."""

from __future__ import annotations

import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.loading.ledgers import changed, codes, fill, read, written

SOFFICE = shutil.which("soffice")


def filled(sheet: Worksheet, head: int, at: dict[str, int]) -> None:
    fill(
        sheet, head, at, 1, progress="已整改", done=datetime(2018, 11, 2), reviewer="王某", opinion="通过", closed="是"
    )
    fill(sheet, head, at, 2, progress="整改中", done="2018年11月5日")
    sheet.row_dimensions[head + 3].hidden = True
    sheet.merge_cells(start_row=head + 1, end_row=head + 3, start_column=at["county"], end_column=at["county"])


@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason="no LibreOffice here")
def test_saved_by_libreoffice(tmp_path: Path) -> None:
    path = changed(written(tmp_path / "a.xlsx"), filled)
    before = read(path)
    assert SOFFICE is not None
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir",
               str(tmp_path / "out"), str(path)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    after = read(tmp_path / "out" / "a.xlsx")
    assert codes(after) == codes(before) == []
    assert after.entries == before.entries
    assert after.strays == ()
    for one, other in zip(before.rows, after.rows, strict=True):
        assert (one.entry, one.said) == (other.entry, other.said)
        assert one.filled == other.filled
        assert (one.done, one.due, one.state) == (other.done, other.due, other.state)
