"""Evidence photos, read from the inspection's own folder and made small enough to print."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from PIL import Image

PRINT_PIXELS = 500
"""The longest side of a printed photo: 84 mm at 150 dpi."""

SCREEN_PIXELS = 1000

MOST_PHOTOS = 40
"""Photos that one report prints; further ones are listed by name and hash."""

_LARGEST_FILE = 50_000_000
_MOST_PIXELS = 150_000_000
_QUALITY = 75

PhotoProblem = Literal["missing", "outside", "too_large", "broken", "skipped"]


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo ready to print, or what is wrong with it. `sha256` is that of the file as it lies on the disk."""

    sha256: str = ""
    jpeg: bytes = b""
    width: int = 0
    height: int = 0
    problem: PhotoProblem | None = None


def load_photos(folder: Path, paths: Iterable[str], pixels: int = PRINT_PIXELS) -> Mapping[str, Photo]:
    """Read photos by the paths that the inspection file gives them.

    Args:
        folder: The folder of the inspection file; nothing outside it is read, links included.
        paths: Paths relative to it, as in `EvidenceRow.key`.
        pixels: The longest side of the picture that is made.

    Returns:
        By path: the photo, or what is wrong with it. Nothing that a photo file holds makes this fail.
    """
    home = folder.resolve()
    photos: dict[str, Photo] = {}
    for path in paths:
        if path not in photos:
            photos[path] = _load(home, path, pixels) if len(photos) < MOST_PHOTOS else Photo(problem="skipped")
    return photos


def photo_problem(photo: Photo, sha256: str) -> str:
    """Give what is wrong with a photo, beside the hash that the result has of it; empty for nothing to add to that."""
    if photo.problem == "missing" and not sha256:
        return ""
    return photo.problem or ("changed" if sha256 and photo.sha256 != sha256 else "")


def _load(home: Path, path: str, pixels: int) -> Photo:
    try:
        file = (home / path.replace("\\", "/")).resolve()
        if not file.is_relative_to(home):
            return Photo(problem="outside")
        if not file.is_file():
            return Photo(problem="missing")
        if file.stat().st_size > _LARGEST_FILE:
            return Photo(problem="too_large")
        content = file.read_bytes()
    except (OSError, ValueError):
        return Photo(problem="missing")
    return _shrink(content, pixels)


def _shrink(content: bytes, pixels: int) -> Photo:
    from PIL import Image, ImageOps

    digest = hashlib.sha256(content).hexdigest()
    try:
        with Image.open(io.BytesIO(content)) as image:
            if image.width * image.height > _MOST_PIXELS:
                return Photo(digest, problem="too_large")
            image.draft("RGB", (2 * pixels, 2 * pixels))
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((pixels, pixels))
            flat = _on_white(upright)
            out = io.BytesIO()
            flat.save(out, "JPEG", quality=_QUALITY)
            return Photo(digest, out.getvalue(), flat.width, flat.height)
    except Image.DecompressionBombError:
        return Photo(digest, problem="too_large")
    except Exception:  # A damaged picture raises almost anything, and must not cost the whole report.
        return Photo(digest, problem="broken")


def _on_white(image: Image.Image) -> Image.Image:
    """Give the picture in plain RGB; what was transparent becomes paper."""
    from PIL import Image as Images

    if "A" not in image.getbands() and "transparency" not in image.info:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    paper = Images.new("RGB", layer.size, "white")
    paper.paste(layer, mask=layer.getchannel("A"))
    return paper
