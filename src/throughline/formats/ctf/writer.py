"""Writing transfer files, so that ``read_ctf`` reads back the same. Source: data standards section 3."""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from typing import Any

from lxml import etree

from throughline.formats.ctf.document import CtfFile, CtfHeader, CtfSchool
from throughline.formats.ctf.layout import HEADER, HEADER_TAG, PUPIL, PUPIL_TAG, PUPILS, ROOT
from throughline.formats.ctf.shapes import Leaf, Part, Shape

WRITTEN_VERSION = "25.0"

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def make_header(
    source: CtfSchool, destination: CtfSchool, made_at: datetime, *, partial: bool = True
) -> CtfHeader:
    """A header for a file this project sends: ``partial``, since an authority seldom holds every section."""
    return CtfHeader(
        document_name="Common Transfer File",
        version=WRITTEN_VERSION,
        made_at=made_at,
        qualifier="partial" if partial else "full",
        supplier="Throughline",
        source=source,
        destination=destination,
    )


def write_ctf(file: CtfFile) -> bytes:
    """A transfer file in UTF-8, without a namespace.

    What is None is left out; unknown elements of a file that was read are never passed on. Characters that XML cannot
    hold are dropped.
    """
    stream = io.BytesIO()
    with etree.xmlfile(stream, encoding="utf-8") as out:
        out.write_declaration()
        with out.element(ROOT):
            out.write(_element(HEADER_TAG, HEADER, file.header))
            with out.element(PUPILS):
                for pupil in file.pupils:
                    out.write(_element(PUPIL_TAG, PUPIL, pupil))
    return stream.getvalue()


def _element(tag: str, shape: Shape, value: Any) -> etree._Element:
    element = etree.Element(tag)
    for part in shape.parts:
        inner = getattr(value, part.name)
        if inner is None:
            continue
        if isinstance(part, Leaf):
            element.append(_leaf(part.tag, inner))
        elif isinstance(part, Part):
            element.append(_element(part.tag, part.shape, inner))
        else:
            holder = etree.SubElement(element, part.outer) if part.outer else element
            holder.extend(
                [
                    _leaf(part.tag, item) if part.shape is None else _element(part.tag, part.shape, item)
                    for item in inner
                ]
            )
    return element


def _leaf(tag: str, value: str | date | datetime | bool | int) -> etree._Element:
    element = etree.Element(tag)
    element.text = _text(value)
    return element


def _text(value: str | date | datetime | bool | int) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return _NOT_XML.sub("", str(value))
