"""Photos are read from one folder only, and no file can make the report fail."""

from __future__ import annotations

import hashlib
import io
import os
import sys
from pathlib import Path

import pytest
from PIL import Image

from plsp_audit.reporting import photos
from plsp_audit.reporting.photos import MOST_PHOTOS, load_photos
from tests.reporting import factory_reports as factory


def opened(jpeg: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(jpeg))
    assert image.format == "JPEG"
    return image


def test_a_photo_is_made_small_and_keeps_the_hash_of_its_file():
    content = (factory.PHOTOS / "hall.jpg").read_bytes()
    photo = load_photos(factory.ROOT / "examples", ["photos/hall.jpg"])["photos/hall.jpg"]
    assert photo.sha256 == hashlib.sha256(content).hexdigest()
    assert max(opened(photo.jpeg).size) == max(photo.width, photo.height) == photos.PRINT_PIXELS
    assert len(photo.jpeg) < len(content)


def test_orientation_is_applied_and_transparency_becomes_paper(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (40, 20), "red").save(tmp_path / "turned.jpg", exif=exif)
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(tmp_path / "clear.png")
    Image.new("P", (10, 10)).save(tmp_path / "palette.gif")
    found = load_photos(tmp_path, ["turned.jpg", "clear.png", "palette.gif"])
    assert (found["turned.jpg"].width, found["turned.jpg"].height) == (20, 40)
    assert opened(found["clear.png"].jpeg).getpixel((5, 5)) == (255, 255, 255)
    assert found["palette.gif"].jpeg


@pytest.mark.parametrize(
    "path", ["../secret.jpg", "/etc/passwd", "a/../../secret.jpg", "link.jpg", "x\x00.jpg", "gone.jpg"]
)
def test_nothing_outside_the_folder_is_read(tmp_path: Path, path: str):
    home = tmp_path / "home"
    (home / "a").mkdir(parents=True)
    Image.new("RGB", (4, 4)).save(tmp_path / "secret.jpg")
    if sys.platform != "win32":
        (home / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    photo = load_photos(home, [path])[path]
    assert photo.problem in ("outside", "missing")
    assert (photo.jpeg, photo.sha256) == (b"", "")


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in folders there")
def test_a_pipe_does_not_block(tmp_path):
    os.mkfifo(tmp_path / "pipe.jpg")
    assert load_photos(tmp_path, ["pipe.jpg"])["pipe.jpg"].problem == "missing"


def test_damaged_and_oversized_pictures_are_said(tmp_path, monkeypatch):
    whole = (factory.PHOTOS / "hall.jpg").read_bytes()
    (tmp_path / "half.jpg").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "text.jpg").write_text("no picture", encoding="utf-8")
    Image.new("1", (400, 400)).save(tmp_path / "large.png")
    monkeypatch.setattr(photos, "_MOST_PIXELS", 100_000)
    found = load_photos(tmp_path, ["half.jpg", "text.jpg", "large.png"])
    assert [found[name].problem for name in ("text.jpg", "large.png")] == ["broken", "too_large"]
    assert found["half.jpg"].problem is not None
    monkeypatch.setattr(photos, "_LARGEST_FILE", 10)
    assert load_photos(tmp_path, ["half.jpg"])["half.jpg"].problem == "too_large"


def test_only_so_many_are_printed(tmp_path):
    Image.new("RGB", (4, 4)).save(tmp_path / "0.jpg")
    found = load_photos(tmp_path, ["0.jpg", *(f"{n}.jpg" for n in range(1, MOST_PHOTOS + 3))])
    assert [photo.problem for photo in found.values()][-4:] == ["missing", *["skipped"] * 3]


def test_a_path_may_be_written_as_on_windows():
    photo = load_photos(factory.ROOT / "examples", ["photos\\hall.jpg"])["photos\\hall.jpg"]
    assert photo.jpeg
