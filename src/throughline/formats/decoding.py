"""Bytes to text, refusing what is not text at all.

Source: data standards section 0.2: the register's national files are cp1252, its search export is UTF-8, some files
carry a byte-order mark, and people rename workbooks to ``.csv``.
"""

from __future__ import annotations

from throughline.formats.reading import FileRefused

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_STARTS = (
    (b"%PDF", "pdf"),
    (b"\xd0\xcf\x11\xe0", "old_office"),
    (b"{\\rtf", "rtf"),
    (b"\x1f\x8b", "gzip"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"SQLite format 3", "database"),
)
_MARKUP = ((b"<!doctype html", "html"), (b"<html", "html"), (b"<?xml", "xml"), (b"<kml", "xml"))


def kind_of(data: bytes) -> str:
    """What the bytes plainly are by their beginning (``xlsx``, ``zip``, ``pdf``, ``html`` ...), or empty."""
    if data.startswith(b"PK\x03\x04"):
        return "xlsx" if b"xl/" in data or b"[Content_Types].xml" in data[:200] else "zip"
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    beginning = data.removeprefix(b"\xef\xbb\xbf")[:1024].lstrip().lower()
    return next((kind for start, kind in _MARKUP if beginning.startswith(start)), "")


def decode(data: bytes) -> tuple[str, str]:
    """Text and the encoding it was read with: by its mark, else UTF-8, else cp1252.

    Raises:
        FileRefused: ``empty``, ``wrong_kind`` (detail ``kind``) or ``not_text``.
    """
    if not data.strip():
        raise FileRefused("empty")
    kind = kind_of(data)
    if kind:
        raise FileRefused("wrong_kind", {"kind": (kind,)})
    text, encoding = _decoded(data)
    if "\x00" in text:
        raise FileRefused("not_text")
    if not text.strip():
        raise FileRefused("empty")
    return text, encoding


def _decoded(data: bytes) -> tuple[str, str]:
    marked = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), None)
    tries = [(data[len(marked[0]) :], marked[1])] if marked else [(data, "utf-8"), (data, "cp1252")]
    for content, encoding in tries:
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise FileRefused("not_text")
