"""A CSV file about pupils in any layout: an officer says once what its columns mean, and that is kept as plain data.

Source: data standards section 7.4: no school system's export has a published layout. ``look_at`` shows what is in a file,
``suggest_mapping`` proposes, ``check_mapping`` says what is wrong with a mapping for a file, ``read_mapped`` reads it.
"""

from throughline.formats.mapped.checking import MappingProblem, check_mapping
from throughline.formats.mapped.fields import FIELDS, IGNORED, KEPT, FieldKind
from throughline.formats.mapped.mapping import VERSION, ColumnMapping, DateForm, mapping_from_data
from throughline.formats.mapped.reader import read_mapped
from throughline.formats.mapped.suggesting import ColumnSeen, look_at, suggest_mapping

__all__ = [
    "FIELDS",
    "IGNORED",
    "KEPT",
    "VERSION",
    "ColumnMapping",
    "ColumnSeen",
    "DateForm",
    "FieldKind",
    "MappingProblem",
    "check_mapping",
    "look_at",
    "mapping_from_data",
    "read_mapped",
    "suggest_mapping",
]
