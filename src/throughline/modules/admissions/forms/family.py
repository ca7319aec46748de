"""What a parent or carer fills in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.core.people.kinds import TIE_KINDS
from throughline.rules.identifiers import normalise_postcode
from throughline.web.components.forms import DateParts, DatePartsWidget, HintedRadios, ManyFiles, PlainForm

YES_NO = (("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")))


class Postcode(forms.CharField):
    """A postcode, however it is typed; cleans to ``B1 1AA``."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Postcode"))
        kwargs.setdefault(
            "widget",
            forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "postal-code"}),
        )
        kwargs.setdefault("error_messages", {"required": gettext_lazy("Enter a postcode")})
        super().__init__(max_length=12, **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        found = normalise_postcode(text.upper())
        if not found:
            raise ValidationError(_("Enter a full UK postcode, like B1 1AA"))
        return found


class WhoIAmForm(PlainForm):
    """A parent's or carer's own name."""

    forename = forms.CharField(
        label=gettext_lazy("First name"),
        max_length=100,
        error_messages={"required": gettext_lazy("Enter your first name")},
        widget=forms.TextInput(attrs={"autocomplete": "given-name", "spellcheck": "false"}),
    )
    surname = forms.CharField(
        label=gettext_lazy("Last name"),
        max_length=100,
        error_messages={"required": gettext_lazy("Enter your last name")},
        widget=forms.TextInput(attrs={"autocomplete": "family-name", "spellcheck": "false"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Telephone number"),
        help_text=gettext_lazy("We only use it if there is a problem with an application"),
        max_length=30,
        required=False,
        widget=forms.TextInput(
            attrs={"type": "tel", "autocomplete": "tel", "class": "govuk-input--width-20"}
        ),
    )


class ChildForm(PlainForm):
    """Who the child is."""

    forename = forms.CharField(
        label=gettext_lazy("Child’s first name"),
        max_length=100,
        error_messages={"required": gettext_lazy("Enter your child’s first name")},
        widget=forms.TextInput(attrs={"spellcheck": "false"}),
    )
    surname = forms.CharField(
        label=gettext_lazy("Child’s last name"),
        help_text=gettext_lazy("As it is on their birth certificate or passport"),
        max_length=100,
        error_messages={"required": gettext_lazy("Enter your child’s last name")},
        widget=forms.TextInput(attrs={"spellcheck": "false"}),
    )
    born = DateParts(
        label=gettext_lazy("Child’s date of birth"),
        error_messages={"required": gettext_lazy("Enter your child’s date of birth")},
        widget=DatePartsWidget(),
    )
    sex = forms.ChoiceField(
        label=gettext_lazy("Is your child a girl or a boy?"),
        help_text=gettext_lazy("Some schools are for girls or boys only"),
        choices=(
            ("F", gettext_lazy("Girl")),
            ("M", gettext_lazy("Boy")),
            ("U", gettext_lazy("I would rather not say")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose girl, boy or that you would rather not say")},
    )

    def clean_born(self) -> Any:
        born = self.cleaned_data["born"]
        if born and born > timezone.localdate():
            raise ValidationError(_("The date of birth must be in the past"))
        return born


class TieForm(PlainForm):
    """How the person stands to the child."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What are you to this child?"),
        choices=tuple(TIE_KINDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what you are to this child")},
    )
    responsible = forms.ChoiceField(
        label=gettext_lazy("Do you have parental responsibility for this child?"),
        help_text=gettext_lazy(
            "This means the rights and duties a parent has in law. A mother has it from birth. A father has it if he is "
            "named on the birth certificate. Others can be given it by a court."
        ),
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose yes if you have parental responsibility")},
    )


class AddressForm(PlainForm):
    """Where the child lives."""

    lines = forms.CharField(
        label=gettext_lazy("House number and street"),
        max_length=300,
        error_messages={"required": gettext_lazy("Enter the house number and street")},
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    town = forms.CharField(
        label=gettext_lazy("Town or city"),
        max_length=120,
        error_messages={"required": gettext_lazy("Enter the town or city")},
        widget=forms.TextInput(attrs={"autocomplete": "address-level2", "class": "govuk-input--width-20"}),
    )
    postcode = Postcode()


class NewAddressForm(AddressForm):
    """Where the child lives now, and since when."""

    since = DateParts(
        label=gettext_lazy("When did your child start to live there?"),
        error_messages={"required": gettext_lazy("Enter the day your child started to live there")},
    )

    def clean_since(self) -> Any:
        since = self.cleaned_data["since"]
        if since and since > timezone.localdate():
            raise ValidationError(
                _(
                    "The day must be today or earlier. If you have not moved yet, give the address you live at now and "
                    "change it when you have moved."
                )
            )
        return since


class LivesHereForm(PlainForm):
    """Whether the address on the record is still right."""

    lives_here = forms.ChoiceField(label="", choices=YES_NO, widget=forms.RadioSelect)

    def __init__(self, *args: Any, child: str, address: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["lives_here"]
        field.label = _("Does %(child)s still live at %(address)s?") % {"child": child, "address": address}
        field.help_text = _("This is the place where your child sleeps on most school nights.")
        field.error_messages["required"] = _("Choose yes if your child still lives there")


class YesNoForm(PlainForm):
    """Whether a fact is true, and in the parent's words how."""

    answer = forms.ChoiceField(label="", choices=YES_NO, widget=forms.RadioSelect)
    words = forms.CharField(
        label="", required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, tell: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The question itself is the heading of the page.
        self.fields["answer"].label = _("Your answer")
        self.fields["words"].label = tell
        self.fields["words"].help_text = _("Only if you answered yes")
        self.fields["answer"].error_messages["required"] = _("Choose yes or no")


def care_title(child: str) -> str:
    """The one question about care."""
    return _("Is %(child)s in care, or has %(child)s ever been?") % {"child": child}


class CareForm(PlainForm):
    """Whether the child is or was in care; the three answers that count are one question."""

    care = forms.ChoiceField(
        label="",
        choices=(
            ("no", gettext_lazy("No")),
            ("looked_after", gettext_lazy("Yes, a local authority looks after this child now")),
            ("previously_looked_after", gettext_lazy("Yes, in the past, and this child has left care")),
            (
                "adopted_from_state_care_abroad",
                gettext_lazy("Yes, outside England, and this child was then adopted"),
            ),
        ),
        widget=HintedRadios(
            hints={
                "looked_after": gettext_lazy("For example, the child lives with foster carers"),
                "previously_looked_after": gettext_lazy(
                    "The child was adopted, or a court made a child arrangements order or special guardianship order"
                ),
            }
        ),
        error_messages={"required": gettext_lazy("Choose no if your child has never been in care")},
    )

    def __init__(self, *args: Any, child: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["care"].label = care_title(child)


class ReasonsForm(PlainForm):
    """Reasons for each school, none of them needed."""

    def __init__(self, *args: Any, schools: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, name in schools:
            self.fields[key] = forms.CharField(
                label=_("Why you want %(school)s") % {"school": name},
                required=False,
                max_length=2_000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )


class LateForm(PlainForm):
    """Why an application is late."""

    reason = forms.CharField(
        label=gettext_lazy("Why is your application late?"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class PapersForm(PlainForm):
    """Files that support an answer."""

    mark_optional = False
    papers = ManyFiles(
        limit=settings.DOCUMENT_LIMIT_BYTES,
        label=gettext_lazy("Upload files"),
        help_text=gettext_lazy("A PDF, a photo or a document. You can choose several."),
    )


class ReplyForm(PlainForm):
    """Yes or no to an offer."""

    reply = forms.ChoiceField(
        label=gettext_lazy("Do you want this place?"),
        choices=(
            ("accept", gettext_lazy("Yes, I accept this place")),
            ("decline", gettext_lazy("No, I do not want this place")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether you want this place")},
    )


class SearchForm(PlainForm):
    """Finding a school in a long list."""

    mark_optional = False
    q = forms.CharField(label=gettext_lazy("Find a school by name or place"), required=False, max_length=80)
