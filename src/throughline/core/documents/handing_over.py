"""How a file that somebody gave us reaches a browser: never guessed at, never run, never kept on the way.

A PDF or a picture can also be a web page.
"""

from __future__ import annotations

from django.utils.http import content_disposition_header


def to_save(name: str, size: int, media_type: str = "application/octet-stream") -> dict[str, str]:
    """Headers for a file that is to be saved and not shown in place.

    Args:
        name: what it is called where it is saved.
        size: in bytes.
        media_type: what it is, where that was made sure of.
    """
    how = content_disposition_header(True, name) or "attachment"
    return never_run(media_type, how) | {"Content-Length": str(size)}


def never_run(media_type: str, how: str) -> dict[str, str]:
    """Headers under which nothing in the content can do anything; ``how`` is its disposition."""
    return {
        "Content-Type": media_type,
        "Content-Disposition": how,
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }
