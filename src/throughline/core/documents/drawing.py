"""Draws the first pages of one file as pictures. Run as a program by itself; it imports nothing of Throughline.

``python drawing.py pdf FILE FOLDER`` writes ``FOLDER/1.png`` and so on. It gives itself little memory and time first,
because what it opens may be made to break whoever opens it; whatever goes wrong, it ends with another code than 0.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

MEMORY = 1_500_000_000
SECONDS = 20
LARGEST_PICTURE = 20_000_000
MOST_PAGES = 3
# On the longer side: enough to read a letter by.
PIXELS = 1_200
MOST_PIXELS = 60_000_000


def bound() -> None:
    """From here on: so much memory, so much time, no large files, no further processes' leavings."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_PICTURE, LARGEST_PICTURE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def pdf(file: Path, folder: Path) -> None:
    document = pypdfium2.PdfDocument(file)
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        # A page says its own size, which may be absurd: the picture's size is ours.
        scale = PIXELS / max(*page.get_size(), 1.0)
        bitmap = page.render(scale=scale, may_draw_forms=False)
        save(bitmap.to_pil(), folder, number + 1)


def picture(file: Path, folder: Path) -> None:
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(file, formats=("JPEG", "PNG")) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise ValueError("too many pixels")
        opened.draft("RGB", (PIXELS, PIXELS))
        save(ImageOps.exif_transpose(opened), folder, 1)


def save(image: Image.Image, folder: Path, number: int) -> None:
    """Only pixels are written: a fresh picture has no texts, no position and no colour profile of its own."""
    image.thumbnail((PIXELS, PIXELS))
    seen = image.convert("RGBA")
    fresh = Image.new("RGB", seen.size, "white")
    fresh.paste(seen, mask=seen.getchannel("A"))
    fresh.save(folder / f"{number}.png", optimize=False)


def main(how: str, file: str, folder: str) -> None:
    bound()
    {"pdf": pdf, "picture": picture}[how](Path(file), Path(folder))


if __name__ == "__main__":
    main(*sys.argv[1:])
