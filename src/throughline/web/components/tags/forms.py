"""Tags for forms: a whole form, one field, the error summary, and the key that stops a form being sent twice."""

import uuid
from collections import Counter
from typing import Any

from django import template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


def error_anchor(field: BoundField) -> str:
    """Return the id to go to when a field's error is followed: the first box or option that can be changed."""
    widget, auto_id = field.field.widget, str(field.auto_id)
    if hasattr(widget, "error_anchor"):
        return str(widget.error_anchor(auto_id, field.value()))
    if field.widget_type in {"radioselect", "checkboxselectmultiple", "hintedradios", "hintedcheckboxes"}:
        return f"{auto_id}_0"
    return str(field.id_for_label or auto_id)


def errors_of(form: Any) -> list[tuple[str, str, str]]:
    """Return label, words and address of each error of a form, in the order of the page."""
    found = [("", str(error), "") for error in form.non_field_errors()]
    for field in form:
        href = "" if field.is_hidden else f"#{error_anchor(field)}"
        found += [(str(field.label), str(error), href) for error in field.errors]
    return found


@register.inclusion_tag("components/tags/error_summary.html")
def error_summary(*forms: Any) -> dict[str, Any]:
    """``{% error_summary form %}``: what went wrong, each a link to where it is put right. Empty when all is well.

    Words that come more than once are told apart by the label of their question.
    """
    found = [error for form in forms if hasattr(form, "non_field_errors") for error in errors_of(form)]
    times = Counter(words for _label, words, _href in found)
    errors = [
        {
            "text": _("%(question)s: %(error)s") % {"question": label, "error": words}
            if label and times[words] > 1
            else words,
            "href": href,
        }
        for label, words, href in found
    ]
    return {"errors": errors}


@register.simple_tag
def govuk_form(form: Any) -> SafeString:
    """``{% govuk_form form %}``: every field in order. The ``<form>``, its token and its button stay with the page."""
    return SafeString(form.render())  # nosec B703


@register.simple_tag
def govuk_field(field: BoundField, label_size: str = "s", page_heading: bool = False) -> SafeString:
    """``{% govuk_field form.name label_size="l" page_heading=True %}``: one field; its label may be the page's heading."""
    renderer = field.form.renderer
    context = {"field": field, "label_size": label_size, "page_heading": page_heading}
    return SafeString(renderer.render(renderer.field_template_name, context))  # nosec B703


@register.simple_tag
def once_key(value: str = "") -> SafeString:
    """``{% once_key %}``: a hidden key, so that the server can tell a second press from a second wish."""
    return format_html('<input type="hidden" name="once_key" value="{}">', value or uuid.uuid4())


@register.simple_block_tag(takes_context=True)
def question(context: Any, content: str, form: Any, button: str = "", action: str = "") -> SafeString:
    """``{% question form %}...{% endquestion %}``: a whole question page's form with token, once-key and button."""
    view = {"form": form, "content": SafeString(content), "button": button, "action": action}  # nosec B703
    view["csrf_token"] = context.get("csrf_token")
    return SafeString(render_to_string("components/tags/question.html", view))  # nosec B703
