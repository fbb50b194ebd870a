"""Draw the illustrative photos under examples/photos.

The examples need pictures as evidence, and no real site may appear in them, so each scene is drawn from plain
shapes. The same Pillow gives the same bytes: every scene has its own fixed seed, and no font is used.

usage: python scripts/make_example_photos.py [FOLDER]
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

SIZE = (1200, 800)
QUALITY = 82
HERE = Path(__file__).resolve().parent
BLUE = (28, 78, 150)
WHITE = (246, 247, 249)
WOOD = (176, 128, 84)
DARK_WOOD = (128, 88, 54)
STEEL = (150, 156, 164)

Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]


def shade(colour: Colour, by: int) -> Colour:
    """Make a colour lighter (by > 0) or darker (by < 0)."""
    red, green, blue = (max(0, min(255, part + by)) for part in colour)
    return red, green, blue


def vertical_gradient(image: Image.Image, box: Box, top: Colour, bottom: Colour) -> None:
    """Fill a box with a gradient, so that walls and floors do not look like flat paper."""
    draw = ImageDraw.Draw(image)
    left, upper, right, lower = box
    height = max(1, lower - upper)
    for row in range(upper, lower):
        share = (row - upper) / height
        red, green, blue = (round(a + (b - a) * share) for a, b in zip(top, bottom, strict=True))
        draw.line([(left, row), (right, row)], fill=(red, green, blue))


def room(wall: Colour, floor: Colour, horizon: int = 520) -> Image.Image:
    """Return an empty room: a wall, a skirting and a tiled floor in perspective."""
    image = Image.new("RGB", SIZE, wall)
    width, height = SIZE
    vertical_gradient(image, (0, 0, width, horizon), shade(wall, 8), shade(wall, -14))
    vertical_gradient(image, (0, horizon, width, height), shade(floor, -20), shade(floor, 10))
    draw = ImageDraw.Draw(image)
    for column in range(-12, 37):
        draw.line([(width // 2 + (column - 12) * 40, horizon), (width // 2 + (column - 12) * 150, height)],
                  fill=shade(floor, -28), width=2)
    for step in (14, 44, 96, 176):
        draw.line([(0, horizon + step), (width, horizon + step)], fill=shade(floor, -28), width=2)
    draw.rectangle((0, horizon - 14, width, horizon), fill=shade(wall, -46))
    return image


def strokes(draw: ImageDraw.ImageDraw, box: Box, count: int, colour: Colour, dice: random.Random) -> None:
    """Draw blocks that stand for writing, without any font."""
    left, upper, right, lower = box
    pitch = (lower - upper) / count
    for line in range(count):
        top = round(upper + line * pitch)
        end = right - dice.randint(0, max(1, (right - left) // 3))
        draw.rectangle((left, top, end, top + max(3, round(pitch * 0.42))), fill=colour)


def characters(draw: ImageDraw.ImageDraw, box: Box, count: int, colour: Colour, dice: random.Random) -> None:
    """Draw a row of square glyph-like marks that stand for a sign's words."""
    left, upper, right, lower = box
    pitch = (right - left) / count
    for place in range(count):
        start = round(left + place * pitch)
        end = round(start + pitch * 0.78)
        middle = (start + end) // 2
        centre = (upper + lower) // 2
        weight = max(3, (lower - upper) // 10)
        from_y, to_y = centre + dice.randint(-6, 6), centre + dice.randint(-6, 6)
        draw.line([(start, from_y), (end, to_y)], fill=colour, width=weight)
        draw.line([(middle, upper), (middle + dice.randint(-4, 4), lower)], fill=colour, width=weight)
        if dice.random() < 0.6:
            draw.line([(start, upper + weight), (end, upper + weight)], fill=colour, width=weight)
        if dice.random() < 0.6:
            draw.line([(start, lower), (end, lower - weight)], fill=colour, width=weight)


def emblem(draw: ImageDraw.ImageDraw, x: int, y: int, radius: int) -> None:
    """Draw a plain round badge."""
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=(212, 170, 60))
    inner = round(radius * 0.68)
    draw.ellipse((x - inner, y - inner, x + inner, y + inner), fill=(170, 40, 40))


def person(draw: ImageDraw.ImageDraw, x: int, y: int, size: int, coat: Colour) -> None:
    """Draw head and shoulders, without a face."""
    draw.pieslice((x - size, y - size // 2, x + size, y + size * 2), 180, 360, fill=coat)
    head = round(size * 0.42)
    draw.ellipse((x - head, y - size - head // 2, x + head, y - size + head * 3 // 2), fill=(222, 184, 150))
    draw.pieslice((x - head, y - size - head // 2, x + head, y - size + head * 3 // 2), 180, 360, fill=(44, 38, 36))


def chair(draw: ImageDraw.ImageDraw, x: int, y: int, colour: Colour) -> None:
    """Draw a waiting-room chair seen from the front."""
    draw.rectangle((x, y, x + 92, y + 84), fill=colour, outline=shade(colour, -40), width=3)
    draw.polygon([(x - 8, y + 112), (x + 100, y + 112), (x + 92, y + 80), (x, y + 80)], fill=shade(colour, 22))
    for leg in (x + 2, x + 84):
        draw.rectangle((leg, y + 112, leg + 8, y + 168), fill=STEEL)


def hall(dice: random.Random) -> Image.Image:
    """A service hall: a blue sign, three counters with labels, and a seat before each."""
    image = room((226, 229, 232), (198, 190, 178))
    draw = ImageDraw.Draw(image)
    draw.rectangle((150, 60, 1050, 180), fill=BLUE, outline=shade(BLUE, -24), width=5)
    emblem(draw, 225, 120, 40)
    characters(draw, (300, 92, 1000, 150), 8, WHITE, dice)
    for window in range(3):
        left = 110 + window * 340
        draw.rectangle((left + 50, 236, left + 250, 284), fill=BLUE)
        characters(draw, (left + 72, 248, left + 232, 274), 4, WHITE, dice)
        person(draw, left + 150, 412, 58, (40, 52, 84))
        draw.rectangle((left + 196, 376, left + 262, 428), fill=(40, 42, 48))
        draw.rectangle((left, 430, left + 300, 458), fill=shade(WOOD, 30))
        draw.rectangle((left, 458, left + 300, 600), fill=WOOD)
        draw.rectangle((left + 16, 474, left + 284, 584), outline=DARK_WOOD, width=4)
        sheet = [(left + 34, 430), (left + 84, 430), (left + 78, 402), (left + 40, 402)]
        draw.polygon(sheet, fill=WHITE, outline=STEEL)
        chair(draw, left + 104, 580, (70, 96, 128))
    return image


def waiting(dice: random.Random) -> Image.Image:
    """A waiting area: a row of seats, a leaflet rack, a water dispenser and a writing desk."""
    image = room((232, 228, 218), (190, 186, 180))
    draw = ImageDraw.Draw(image)
    draw.rectangle((70, 70, 470, 330), fill=(196, 222, 240), outline=STEEL, width=10)
    draw.line([(270, 70), (270, 330)], fill=STEEL, width=8)
    draw.polygon([(80, 320), (80, 260), (200, 214), (330, 286), (460, 240), (460, 320)], fill=(150, 184, 140))
    for seat in range(5):
        chair(draw, 70 + seat * 118, 460, (64, 104, 152))
    draw.rectangle((720, 240, 900, 620), fill=(206, 204, 200), outline=STEEL, width=5)
    for shelf in range(4):
        top = 262 + shelf * 88
        for slot in range(3):
            tint = dice.choice([(190, 60, 52), (44, 104, 170), (226, 170, 60), (76, 142, 96)])
            draw.rectangle((736 + slot * 54, top, 780 + slot * 54, top + 66), fill=tint)
            strokes(draw, (742 + slot * 54, top + 10, 774 + slot * 54, top + 40), 3, WHITE, dice)
        draw.rectangle((726, top + 66, 894, top + 78), fill=STEEL)
    draw.rectangle((960, 380, 1050, 640), fill=WHITE, outline=STEEL, width=4)
    draw.rounded_rectangle((970, 268, 1040, 384), radius=20, fill=(150, 196, 226), outline=STEEL, width=3)
    draw.ellipse((988, 420, 1002, 434), fill=(200, 60, 50))
    draw.ellipse((1010, 420, 1024, 434), fill=(50, 110, 190))
    draw.polygon([(300, 690), (700, 690), (660, 650), (340, 650)], fill=shade(WOOD, 24), outline=DARK_WOOD)
    draw.rectangle((320, 690, 340, 796), fill=DARK_WOOD)
    draw.rectangle((660, 690, 680, 796), fill=DARK_WOOD)
    draw.line([(450, 676), (520, 664)], fill=(40, 40, 46), width=6)
    draw.rectangle((540, 658, 610, 680), fill=WHITE)
    return image


def plate(dice: random.Random) -> Image.Image:
    """A name plate on the right of an entrance with a ramp."""
    image = Image.new("RGB", SIZE, (196, 178, 160))
    vertical_gradient(image, (0, 0, 1200, 660), (208, 192, 174), (184, 164, 146))
    draw = ImageDraw.Draw(image)
    for row in range(0, 660, 44):
        shift = 0 if row // 44 % 2 else 55
        draw.line([(0, row), (1200, row)], fill=(168, 148, 130), width=2)
        for column in range(shift, 1200, 110):
            draw.line([(column, row), (column, row + 44)], fill=(168, 148, 130), width=2)
    vertical_gradient(image, (0, 660, 1200, 800), (150, 150, 150), (176, 176, 174))
    draw.rectangle((330, 110, 760, 660), fill=(88, 92, 98))
    for leaf in (346, 552):
        draw.rectangle((leaf, 128, leaf + 192, 656), fill=(164, 196, 212), outline=(70, 74, 80), width=8)
        draw.polygon([(leaf + 20, 300), (leaf + 120, 150), (leaf + 160, 150), (leaf + 20, 370)], fill=(190, 214, 226))
    draw.rectangle((524, 380, 534, 480), fill=WHITE)
    draw.rectangle((556, 380, 566, 480), fill=WHITE)
    draw.rectangle((850, 150, 950, 620), fill=(244, 244, 240), outline=(120, 120, 118), width=6)
    for place in range(11):
        top = 182 + place * 39
        characters(draw, (876, top, 930, top + 27), 1, (30, 30, 34), dice)
    draw.rectangle((300, 656, 790, 690), fill=(132, 132, 130))
    draw.polygon([(790, 690), (1120, 760), (1120, 776), (790, 716)], fill=(206, 196, 120))
    draw.line([(800, 640), (1110, 706)], fill=STEEL, width=9)
    for post in (810, 955, 1100):
        draw.line([(post, 642 + (post - 800) * 66 // 310), (post, 692 + (post - 790) * 70 // 330)], fill=STEEL, width=8)
    return image


def board(dice: random.Random) -> Image.Image:
    """A notice board with sheets, two portraits and a flow chart."""
    image = room((220, 226, 220), (182, 176, 166), horizon=640)
    draw = ImageDraw.Draw(image)
    draw.rectangle((110, 70, 1090, 600), fill=WHITE, outline=STEEL, width=12)
    draw.rectangle((122, 82, 1078, 160), fill=BLUE)
    emblem(draw, 176, 121, 28)
    characters(draw, (240, 100, 960, 142), 10, WHITE, dice)
    for sheet in range(3):
        left = 150 + sheet * 200
        draw.rectangle((left, 190, left + 176, 400), fill=(252, 250, 240), outline=shade(STEEL, 30), width=2)
        draw.rectangle((left + 12, 204, left + 164, 226), fill=(176, 50, 46))
        strokes(draw, (left + 14, 244, left + 160, 390), 9, (108, 112, 118), dice)
    for portrait in range(2):
        left = 766 + portrait * 160
        draw.rectangle((left, 190, left + 130, 340), fill=(206, 222, 236), outline=STEEL, width=3)
        person(draw, left + 65, 296, 46, dice.choice([(40, 52, 84), (70, 70, 74)]))
        draw.rectangle((left, 336, left + 130, 342), fill=STEEL)
        strokes(draw, (left, 354, left + 130, 404), 3, (108, 112, 118), dice)
    for step in range(5):
        left = 160 + step * 186
        draw.rounded_rectangle((left, 450, left + 136, 540), radius=14, fill=(222, 234, 246), outline=BLUE, width=4)
        strokes(draw, (left + 18, 470, left + 122, 526), 3, BLUE, dice)
        if step < 4:
            draw.polygon([(left + 142, 484), (left + 166, 484), (left + 166, 472), (left + 182, 494),
                          (left + 166, 516), (left + 166, 504), (left + 142, 504)], fill=BLUE)
    return image


SCENES: dict[str, tuple[int, Callable[[random.Random], Image.Image]]] = {
    "hall.jpg": (11, hall),
    "waiting.jpg": (12, waiting),
    "plate.jpg": (13, plate),
    "board.jpg": (14, board),
}


def grain(image: Image.Image, dice: random.Random) -> Image.Image:
    """Soften the edges and lay a faint coarse grain over the drawing, as a camera would."""
    soft = image.filter(ImageFilter.GaussianBlur(1.1))
    small = Image.new("L", (SIZE[0] // 8, SIZE[1] // 8))
    small.putdata([dice.randint(96, 160) for _ in range(small.width * small.height)])
    noise = small.resize(SIZE, Image.Resampling.BICUBIC).convert("RGB")
    return Image.blend(soft, noise, 0.05)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, (seed, scene) in SCENES.items():
        dice = random.Random(seed)
        grain(scene(dice), dice).save(folder / name, "JPEG", quality=QUALITY, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent / "examples" / "photos")
