"""Renders every Django form in the design system's markup. Set ``FORM_RENDERER`` to ``GovukRenderer``.

``{{ form }}``, ``{{ form.field.as_field_group }}`` and ``{{ form.field }}`` then need nothing more.
"""

from functools import cached_property
from pathlib import Path
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates

TEMPLATES = Path(__file__).parent / "templates"
DJANGO_TEMPLATES = Path(forms.__file__).parent / "templates"
BASE_CLASS = {
    "textarea.html": "govuk-textarea",
    "select.html": "govuk-select",
    "file.html": "govuk-file-upload",
}
TYPED = {"text", "email", "number", "tel", "url", "search", "password", "date", "time"}
GROUPED = {"radio.html", "checkbox_select.html"}


class GovukRenderer(DjangoTemplates):
    """Django's own renderer, with our templates first and the classes added to each widget."""

    form_template_name = "components/forms/form.html"
    field_template_name = "components/forms/field.html"

    @cached_property
    def engine(self) -> Any:
        return self.backend(
            {"APP_DIRS": True, "DIRS": [TEMPLATES, DJANGO_TEMPLATES], "NAME": "components", "OPTIONS": {}}
        )

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        if "widget" in context:
            context = context | {"widget": dressed(context["widget"], template_name)}
        return super().render(template_name, context, request)


def dressed(widget: dict[str, Any], template_name: str) -> dict[str, Any]:
    """Return a widget's context with the design system's classes and without what fights it.

    The browser's own validation is switched off: its bubbles vanish, are not read out, and are not in plain English.
    """
    kind = template_name.rsplit("/", 1)[-1]
    attrs = {name: value for name, value in widget["attrs"].items() if name != "required"}
    changed: dict[str, Any] = {"attrs": attrs}
    if kind in GROUPED or kind == "checkbox.html":
        attrs.pop("aria-invalid", None)
    elif widget.get("type") == "number":
        changed["type"] = "text"
        numbers_as_text(attrs)
    base = "govuk-input" if widget.get("type") in TYPED else BASE_CLASS.get(kind, "")
    if "file" in kind:
        base = "govuk-file-upload"
    if base and base not in str(attrs.get("class", "")).split():
        error = f"{base}--error" if attrs.get("aria-invalid") == "true" else ""
        attrs["class"] = " ".join(filter(None, [base, error, attrs.get("class", "")]))
    if widget.get("type") in {"email", "password"}:
        attrs.setdefault("spellcheck", "false")
    return widget | changed


def numbers_as_text(attrs: dict[str, Any]) -> None:
    """Turn a number box into a text box with a number keyboard: scrolling or a stray key then changes nothing."""
    attrs.setdefault("inputmode", "decimal" if attrs.pop("step", None) not in (None, "1") else "numeric")
    for name in ("min", "max"):
        attrs.pop(name, None)
    if "govuk-input--width" not in str(attrs.get("class", "")):
        attrs["class"] = f"{attrs.get('class', '')} govuk-input--width-5".strip()
    attrs.setdefault("spellcheck", "false")
