"""A safe name for a file to be kept and downloaded under."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 200
EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,5}$")
# Marks that reverse or hide letters would let "exe.fdp" read as "pdf.exe" backwards.
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def safe_name(name: str, extension: str) -> str:
    """The last part of a name without control or direction marks, ending in what the file truly is."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c) not in UNSEEN)
    words = " ".join(seen.replace('"', "").split())
    stem = EXTENSION.sub("", words).strip(". ")[: LONGEST - len(extension) - 1] or "document"
    return f"{stem}.{extension}"
