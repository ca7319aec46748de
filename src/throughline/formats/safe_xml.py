"""Reading XML that somebody sent: streamed, with no document type, no entities and nothing fetched from anywhere.

Source: data standards section 0.2. Files come with any namespace or none, so tags are compared without it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from lxml import etree

from throughline.formats.reading import FileRefused

LARGEST = 100_000_000
"""Bytes. An authority's largest real files are a tenth of it."""

_DOCTYPE = tuple("<!DOCTYPE".encode(name) for name in ("ascii", "utf-16-le", "utf-16-be"))
_ENCODING = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_ENCODINGS = frozenset(
    {"utf-8", "utf8", "utf-16", "us-ascii", "ascii", "iso-8859-1", "windows-1252", "cp1252"}
)


def elements(data: bytes) -> Iterator[tuple[str, etree._Element, tuple[str, ...]]]:
    """Walk a document.

    Yields:
        ``start`` or ``end``, the element, and the tags (without namespace) from the root down to it. An element is
        complete at its ``end``; whoever is done with it calls ``forget``.

    Raises:
        FileRefused: ``empty``, ``too_large``, or ``unreadable`` (detail ``reason``: ``doctype``, ``encoding``, or what
            is wrong in the parser's words).
    """
    _look_first(data)
    path: list[str] = []
    try:
        for event, element in etree.iterparse(
            io.BytesIO(data),
            events=("start", "end"),
            load_dtd=False,
            no_network=True,
            resolve_entities=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        ):
            if event == "start":
                if not path:
                    _no_doctype(element)
                path.append(tag_of(element))
                yield event, element, tuple(path)
            else:
                yield event, element, tuple(path)
                path.pop()
    except (etree.XMLSyntaxError, LookupError, ValueError) as error:
        raise FileRefused("unreadable", {"reason": (str(error)[:200],)}) from error


def tag_of(element: etree._Element) -> str:
    """An element's tag without its namespace; empty for what is no element."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def forget(element: etree._Element) -> None:
    """Let go of an element that was dealt with, and of those before it, so that memory does not grow with the file."""
    element.clear(keep_tail=False)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _look_first(data: bytes) -> None:
    if not data.strip():
        raise FileRefused("empty")
    if len(data) > LARGEST:
        raise FileRefused("too_large", {"most": (str(LARGEST),)})
    if any(sign in data for sign in _DOCTYPE):
        raise FileRefused("unreadable", {"reason": ("doctype",)})
    declared = _ENCODING.search(data[:200])
    if declared and declared[1].decode("ascii").lower() not in _ENCODINGS:
        raise FileRefused("unreadable", {"reason": ("encoding",)})


def _no_doctype(root: etree._Element) -> None:
    """A second look, by the parser itself, for a document type the first could not see."""
    if root.getroottree().docinfo.doctype:
        raise FileRefused("unreadable", {"reason": ("doctype",)})
