"""Whether two records are one child, and how well a child fits what somebody typed: plain arithmetic over names and dates.

What counts as a short name, another spelling or the same sound is data in the files beside this one, and so are the
points. Nothing here decides: a score with its reasons is for a person to look at.
"""

from throughline.rules.matching.asked import Asked, read
from throughline.rules.matching.dates import alike_births, day_and_month_swapped, one_digit_off
from throughline.rules.matching.finding import Findable, how_well
from throughline.rules.matching.folding import fold, words
from throughline.rules.matching.identity import Identity
from throughline.rules.matching.keys import Keys, NamePair, keys, one_letter_out, pairs, slips
from throughline.rules.matching.likeness import Band, Likeness, Reason, compare
from throughline.rules.matching.names import Alike, alike
from throughline.rules.matching.related import other_names
from throughline.rules.matching.sounds import sound

__all__ = [
    "Alike",
    "Asked",
    "Band",
    "Findable",
    "Identity",
    "Keys",
    "Likeness",
    "NamePair",
    "Reason",
    "alike",
    "alike_births",
    "compare",
    "day_and_month_swapped",
    "fold",
    "how_well",
    "keys",
    "one_digit_off",
    "one_letter_out",
    "other_names",
    "pairs",
    "read",
    "slips",
    "sound",
    "words",
]
