"""Forms of the gallery: one of each kind of question, once empty and once answered badly."""

import datetime as dt

from django import forms

from throughline.web.components.forms import (
    DateParts,
    DatePartsWidget,
    HintedRadios,
    ManyFiles,
    PlainForm,
    RankedChoice,
)

SCHOOLS = [
    ("100001", "Harrow Bank Primary School"),
    ("100002", "Ferry Lane Academy"),
    ("100003", "St Oswin's Church of England School"),
    ("100004", "Ysgol Gynradd Llwyncelyn"),
]
# Enough of them for the list to become a box that searches.
ALL_SCHOOLS = SCHOOLS + [(str(100100 + n), f"Calder Vale School {n}") for n in range(1, 17)]
STARTS = [
    ("september", "September 2026"),
    ("later", "Later in the school year"),
    ("deferred", "September 2027"),
]
HELP = [
    ("reading", "Reading and writing"),
    ("speaking", "Speaking and understanding"),
    ("moving", "Moving around"),
]


class AboutForm(PlainForm):
    """One of each kind of question."""

    name = forms.CharField(
        label="Child's full name", help_text="As it is on their birth certificate", max_length=120
    )
    born = DateParts(
        label="Child's date of birth", latest=dt.date(2026, 9, 1), widget=DatePartsWidget(birthday=True)
    )
    email = forms.EmailField(
        label="Your email address", widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    siblings = forms.IntegerField(label="Brothers and sisters at the school", required=False, min_value=0)
    start = forms.ChoiceField(
        label="When should your child start?",
        choices=STARTS,
        widget=HintedRadios(hints={"deferred": "For children born between 1 April and 31 August"}),
    )
    help = forms.MultipleChoiceField(
        label="What does your child need help with?",
        choices=HELP,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Choose all that apply",
    )
    schools = RankedChoice(label="Schools, in the order you want them", choices=ALL_SCHOOLS, places=3)
    reason = forms.CharField(
        label="Your reasons", widget=forms.Textarea(attrs={"rows": 4}), max_length=500, required=False
    )
    evidence = forms.FileField(label="Upload one file", required=False, help_text="A photo or a PDF")
    several = ManyFiles(
        limit=50_000_000, label="Upload evidence", help_text="Photos or PDFs, each up to 50 MB"
    )
    password = forms.CharField(
        label="Password", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    agree = forms.BooleanField(label="I have parental responsibility for this child")


class BoardFilter(forms.Form):
    """A filter at the side of a board."""

    mark_optional = False
    search = forms.CharField(label="Name or reference", required=False)
    team = forms.ChoiceField(
        label="Team",
        choices=[("", "All teams"), ("send", "SEND team"), ("virtual", "Virtual school")],
        required=False,
    )
    due = forms.MultipleChoiceField(
        label="Deadline",
        choices=[("late", "Late"), ("soon", "In the next 7 days"), ("after", "After that")],
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
    )


class ShortForm(PlainForm):
    """The few questions whose errors the gallery shows."""

    prefix = "short"
    child = forms.CharField(label="Child's full name")
    visit = DateParts(label="Date of the visit", earliest=dt.date(2026, 2, 9))
    school = forms.ChoiceField(label="School", choices=SCHOOLS, widget=forms.RadioSelect)
    agree = forms.BooleanField(label="I have told the family")


def answered_badly() -> ShortForm:
    """Return a form with an error of several kinds."""
    return ShortForm(
        {"short-child": "", "short-visit_day": "31", "short-visit_month": "2", "short-visit_year": "2026"}
    )
