"""The Common Transfer File: how a pupil's record travels from school to school, and to and from an authority.

Source: data standards section 3. ``read_ctf`` gives every section as sent, ``read_ctf_pupils`` the neutral rows that
imports work on, ``write_ctf`` a file to send, ``schema_findings`` a check against the official schema where one has it.
"""

from throughline.formats.ctf.checks import check_ctf
from throughline.formats.ctf.document import CtfFile, CtfHeader, CtfPupil, CtfSchool, UnknownElement
from throughline.formats.ctf.file_name import (
    LEFT_THE_SECTOR,
    NOT_KNOWN,
    CtfName,
    authority_place,
    make_ctf_name,
    parse_ctf_name,
)
from throughline.formats.ctf.pupil_out import ctf_pupil
from throughline.formats.ctf.pupil_rows import pupil_row, read_ctf_pupils
from throughline.formats.ctf.reader import CtfReading, read_ctf
from throughline.formats.ctf.schema import schema_findings
from throughline.formats.ctf.writer import WRITTEN_VERSION, make_header, write_ctf

__all__ = [
    "LEFT_THE_SECTOR",
    "NOT_KNOWN",
    "WRITTEN_VERSION",
    "CtfFile",
    "CtfHeader",
    "CtfName",
    "CtfPupil",
    "CtfReading",
    "CtfSchool",
    "UnknownElement",
    "authority_place",
    "check_ctf",
    "ctf_pupil",
    "make_ctf_name",
    "make_header",
    "parse_ctf_name",
    "pupil_row",
    "read_ctf",
    "read_ctf_pupils",
    "schema_findings",
    "write_ctf",
]
