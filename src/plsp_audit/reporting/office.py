"""What workbooks and Word documents share: text that XML can hold, and bytes that are the same for the same content."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

_EARLIEST = datetime(1980, 1, 1)
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_CORE = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def xml_text(text: str) -> str:
    """Give text that XML can hold: line feeds only, and none of the characters that it refuses."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    return _FORBIDDEN.sub("", plain)


def package_day(text: str) -> datetime:
    """Give the day of an ISO date, or the earliest that a zip archive can hold."""
    try:
        return max(datetime.fromisoformat(text[:10]), _EARLIEST)
    except ValueError:
        return _EARLIEST


def same_bytes(raw: bytes, day: datetime) -> bytes:
    """Rewrite an Office file so that nothing in it tells when or where it was written.

    Args:
        raw: The file as its library saved it.
        day: The day that stands for every date in it.
    """
    packed = io.BytesIO()
    stamp = day.strftime("%Y-%m-%dT00:00:00Z").encode()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == _CORE:
                content = _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", content)
            info = zipfile.ZipInfo(name, day.timetuple()[:6])
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            target.writestr(info, content)
    return packed.getvalue()
