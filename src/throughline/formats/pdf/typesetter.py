"""The other process: documents come in as JSON, PDF files go out. Run by ``rendering``; imports nothing of ours.

The typesetter keeps what it has made in memory (280 MB after a dozen long plans) and gives it back only when the process
ends. So it lives in a process of its own, which ends after each handful.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import typst

TEMPLATE = Path(__file__).with_name("templates") / "document.typ"


def main() -> int:
    """Read the wish, write for each document a line with its length or its fault, then its bytes."""
    wish: dict[str, Any] = json.load(sys.stdin.buffer)
    compiler = typst.Compiler(
        # An empty place: the template may read no file, and the network has no packages for it.
        root=wish["room"],
        font_paths=[wish["fonts"]],
        ignore_system_fonts=True,
        package_path=wish["room"],
        package_cache_path=wish["room"],
    )
    for document in wish["documents"]:
        _write(compiler, document)
    return 0


def _write(compiler: typst.Compiler, data: dict[str, Any]) -> None:
    answer: dict[str, Any]
    try:
        made = compiler.compile(
            TEMPLATE.read_bytes(), format="pdf", pdf_standards=["ua-1"], sys_inputs={"data": json.dumps(data)}
        )
        content = made if isinstance(made, bytes) else b""
        answer = {"length": len(content)}
    except typst.TypstError as fault:
        answer, content = {"fault": fault.diagnostic}, b""
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + content)


if __name__ == "__main__":
    sys.exit(main())
