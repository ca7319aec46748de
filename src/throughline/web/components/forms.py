"""What a form needs, in one place: ``FORM_RENDERER``, plain errors, and the fields that Django lacks."""

from .choices import HintedCheckboxes, HintedRadios
from .dates import DateParts, DatePartsWidget
from .files import ManyFiles, ManyFilesWidget
from .plain_errors import PlainErrors, PlainForm, PlainModelForm
from .ranking import RankedChoice, RankedChoiceWidget
from .renderer import GovukRenderer

__all__ = [
    "DateParts",
    "DatePartsWidget",
    "GovukRenderer",
    "HintedCheckboxes",
    "HintedRadios",
    "ManyFiles",
    "ManyFilesWidget",
    "PlainErrors",
    "PlainForm",
    "PlainModelForm",
    "RankedChoice",
    "RankedChoiceWidget",
]
