"""The identifiers children, schools and addresses carry: their shapes and check digits.

Every ``parse_x`` takes what a person or a file gave and returns either the identifier or a ``Problem``. A mistake in
somebody's typing is not an exception: real files are full of them, and the caller decides whether to warn or refuse.

Source: the project's data standards, section 2.
"""

from throughline.rules.identifiers.establishment import (
    Laestab,
    Ukprn,
    Urn,
    parse_establishment_number,
    parse_la_code,
    parse_laestab,
    parse_ukprn,
    parse_urn,
)
from throughline.rules.identifiers.nhs_number import NhsNumber, parse_nhs_number
from throughline.rules.identifiers.postcode import Postcode, normalise_postcode, parse_postcode
from throughline.rules.identifiers.problem import Problem
from throughline.rules.identifiers.uln import Uln, parse_uln
from throughline.rules.identifiers.upn import PSEUDO_AUTHORITIES, Upn, parse_upn, upn_check_letter
from throughline.rules.identifiers.uprn import Uprn, parse_uprn

__all__ = [
    "PSEUDO_AUTHORITIES",
    "Laestab",
    "NhsNumber",
    "Postcode",
    "Problem",
    "Ukprn",
    "Uln",
    "Upn",
    "Uprn",
    "Urn",
    "normalise_postcode",
    "parse_establishment_number",
    "parse_la_code",
    "parse_laestab",
    "parse_nhs_number",
    "parse_postcode",
    "parse_ukprn",
    "parse_uln",
    "parse_upn",
    "parse_uprn",
    "parse_urn",
    "upn_check_letter",
]
