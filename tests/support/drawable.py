"""True documents, small, for what draws them: pages with words, pictures that lie on their side, and hostile ones."""

from __future__ import annotations

import io
import zlib

from PIL import Image


def pdf(pages: int = 1, width: float = 200, height: float = 300, content: bytes = b"") -> bytes:
    """A PDF whose pages show a black bar at the top, with a correct table of where things are."""
    shown = content or b"0 0 0 rg 0 %d %d 40 re f" % (int(height) - 40, int(width))
    kids = b" ".join(b"%d 0 R" % (3 + 2 * at) for at in range(pages))
    things = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
    ]
    for at in range(pages):
        things += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R >>"
            % (int(width), int(height), 4 + 2 * at),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown),
        ]
    made, places = b"%PDF-1.4\n", []
    for number, thing in enumerate(things, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(things) + 1, table)
    end += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(things) + 1, len(made))
    return made + end


def endless_pdf() -> bytes:
    """A page whose content unpacks to a hundred million strokes."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"0 0 m 200 300 l S " * 1_000) for _ in range(8_000)) + packer.flush()
    plain = pdf(content=b"@@")
    return plain.replace(
        b"<< /Length 2 >>\nstream\n@@",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s" % (len(packed), packed),
    )


def photo(width: int = 40, height: int = 20, way_up: int = 1, form: str = "JPEG") -> bytes:
    """A picture that is red in its upper left corner as it lies, with camera data where wanted."""
    image = Image.new("RGB", (width, height), "white")
    image.paste((255, 0, 0), (0, 0, width // 4, height // 2))
    made = io.BytesIO()
    if way_up == 1:
        image.save(made, form)
    else:
        facts = Image.Exif()
        facts[0x0112] = way_up
        image.save(made, form, exif=facts)
    return made.getvalue()
