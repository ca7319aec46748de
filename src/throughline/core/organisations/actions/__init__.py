"""What changes authorities and schools: the register's files, and the few things an authority decides itself."""

from .authorities import set_our_authority
from .ruling import set_admission_authority
from .schools import bring_in_schools

__all__ = ["bring_in_schools", "set_admission_authority", "set_our_authority"]
