"""Checking a file against an official schema that an administrator has loaded; none is public, so none is carried here."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import PurePosixPath

from lxml import etree

from throughline.formats.reading import FileRefused, Finding
from throughline.formats.safe_xml import elements

_MOST = 500


class _OnlyThese(etree.Resolver):  # type: ignore[misc]
    """Gives a schema the other files of its own pack, and nothing else: no disk, no network."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__()
        self._files = {PurePosixPath(name).name: content for name, content in files.items()}

    def resolve(self, url: str, _public: str, context: object) -> object:
        content = self._files.get(PurePosixPath(url).name, b"<none/>")
        return self.resolve_string(content, context)


def schema_findings(
    data: bytes, schema: bytes, pack: Mapping[str, bytes] | None = None
) -> tuple[Finding, ...]:
    """What a schema says is wrong with a file, as warnings with the line of the file; at most 500.

    Args:
        data: the XML file.
        schema: the XSD file to check against.
        pack: the other files of its pack by name, for what it includes.

    Returns:
        findings with the code ``against_schema`` and the schema's own words (in English) as value.

    Raises:
        FileRefused: the file or the schema cannot be read (``unreadable``; detail ``file`` says ``schema`` for the
            schema), or as ``elements``.
    """
    rules = _schema(schema, pack or {})
    for _ in elements(data):  # the same refusals as reading it
        pass
    document = etree.parse(io.BytesIO(data), _parser())
    if rules.validate(document):
        return ()
    return tuple(
        Finding("warn", error.line, "", "against_schema", str(error.message)[:500])
        for error in list(rules.error_log)[:_MOST]
    )


def _schema(schema: bytes, pack: Mapping[str, bytes]) -> etree.XMLSchema:
    parser = _parser()
    parser.resolvers.add(_OnlyThese(pack))
    try:
        for content in (schema, *pack.values()):
            for _ in elements(content):
                pass
        return etree.XMLSchema(etree.parse(io.BytesIO(schema), parser))
    except FileRefused as refused:
        raise FileRefused(refused.code, {**refused.detail, "file": ("schema",)}) from refused
    except (etree.XMLSyntaxError, etree.XMLSchemaParseError) as error:
        raise FileRefused("unreadable", {"reason": (str(error)[:200],), "file": ("schema",)}) from error


def _parser() -> etree.XMLParser:
    return etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False, huge_tree=False)
