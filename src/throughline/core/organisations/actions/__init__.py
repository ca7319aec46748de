"""What changes authorities and schools: the register's files, and the few things an authority decides itself."""

from .agencies import KINDS, add_agency
from .authorities import bring_in_authorities, set_our_authority
from .links import bring_in_links
from .ruling import set_admission_authority
from .schools import bring_in_schools
from .welsh_schools import bring_in_welsh_schools

__all__ = [
    "KINDS",
    "add_agency",
    "bring_in_authorities",
    "bring_in_links",
    "bring_in_schools",
    "bring_in_welsh_schools",
    "set_admission_authority",
    "set_our_authority",
]
