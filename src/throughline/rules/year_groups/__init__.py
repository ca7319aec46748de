"""National curriculum year groups: the codes files carry, and the year a child's age puts them in."""

from throughline.rules.year_groups.compulsory_age import Span, compulsory_from, compulsory_until, gaps
from throughline.rules.year_groups.year_group import (
    ANSWERS_WITHOUT_A_YEAR,
    YEAR_CODES,
    parse_year_group,
    year_code,
    year_for_age,
)

__all__ = [
    "ANSWERS_WITHOUT_A_YEAR",
    "YEAR_CODES",
    "Span",
    "compulsory_from",
    "compulsory_until",
    "gaps",
    "parse_year_group",
    "year_code",
    "year_for_age",
]
