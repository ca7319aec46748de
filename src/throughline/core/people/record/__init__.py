"""Reading one child's record, part by part.

Every part takes a ``sight``, made once for the page: so the page that shows what somebody else would see runs the very
same code. Each part asks a fixed number of queries, however much there is.
"""

from .addresses import AddressShown, address_in_force, addresses, restricted_address
from .education import Attendance, EducationShown, education
from .family import AdultShown, FamilyShown, SiblingShown, family, siblings_of
from .names import NamesShown, names
from .now import Now, now
from .opening import Opened, kept_record, open_record
from .standing import FactShown, FactsShown, facts, plans

__all__ = [
    "AddressShown",
    "AdultShown",
    "Attendance",
    "EducationShown",
    "FactShown",
    "FactsShown",
    "FamilyShown",
    "NamesShown",
    "Now",
    "Opened",
    "SiblingShown",
    "address_in_force",
    "addresses",
    "education",
    "facts",
    "family",
    "kept_record",
    "names",
    "now",
    "open_record",
    "plans",
    "restricted_address",
    "siblings_of",
]
