"""Small invented files for the demonstration: letters as PDF, and pictures that a child might paint."""

from __future__ import annotations

import io
from collections.abc import Sequence
from random import Random

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 595, 842
COLOURS = ("#1d70b8", "#d4351c", "#ffdd00", "#00703c", "#f47738", "#4c2c92", "#28a197")


def letter(heading: str, lines: Sequence[str]) -> bytes:
    """One page of A4 with a heading and lines of words."""
    shown = [f"BT /F 18 Tf 60 {HEIGHT - 90} Td ({_escaped(heading)}) Tj ET"]
    shown += [
        f"BT /F 12 Tf 60 {HEIGHT - 140 - 22 * at} Td ({_escaped(line)}) Tj ET"
        for at, line in enumerate(lines)
    ]
    content = "\n".join(shown).encode("cp1252", "replace")
    return _file(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"
        % (WIDTH, HEIGHT),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    )


def painting(chance: Random) -> bytes:
    """Sun, grass and a house, never twice the same."""
    image = Image.new("RGB", (480, 320), "#bfe3f5")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 240, 480, 320), fill="#6cb33f")
    at = chance.randrange(20, 400)
    draw.ellipse((at, 20, at + 60, 80), fill="#ffdd00")
    left = chance.randrange(40, 260)
    draw.rectangle((left, 150, left + 140, 260), fill=chance.choice(COLOURS))
    draw.polygon([(left - 15, 150), (left + 155, 150), (left + 70, 80)], fill=chance.choice(COLOURS))
    draw.rectangle((left + 55, 200, left + 85, 260), fill="#0b0c0c")
    for _ in range(chance.randrange(3, 9)):
        x, y = chance.randrange(10, 460), chance.randrange(250, 305)
        draw.ellipse((x, y, x + 12, y + 12), fill=chance.choice(COLOURS))
    made = io.BytesIO()
    image.save(made, "PNG")
    return made.getvalue()


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _file(*things: bytes) -> bytes:
    """The things of a PDF with the table of where each lies."""
    made, places = b"%PDF-1.4\n", []
    for number, thing in enumerate(things, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(things) + 1, table)
    end += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(things) + 1, len(made))
    return made + end
