"""Tags for reading and acting: buttons, tags, inset text, warnings, details, notices and panels."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()
BUTTONS = {"": "", "secondary": " govuk-button--secondary", "warning": " govuk-button--warning", "start": ""}
TAG_COLOURS = {
    "",
    "grey",
    "green",
    "teal",
    "blue",
    "purple",
    "magenta",
    "red",
    "orange",
    "yellow",
    "light-blue",
}


def tag_html(text: Any, colour: str = "") -> SafeString:
    """Return a status in words; a colour that does not exist is a mistake in the page."""
    if colour not in TAG_COLOURS:
        raise template.TemplateSyntaxError(f"A tag cannot be '{colour}'. Choose from {sorted(TAG_COLOURS)}.")
    return format_html(
        '<strong class="govuk-tag{}">{}</strong>', f" govuk-tag--{colour}" if colour else "", text
    )


@register.simple_tag(name="tag")
def tag(text: Any, colour: str = "") -> SafeString:
    """``{% tag "Late" "red" %}``: a status in words."""
    return tag_html(text, colour)


@register.simple_tag
def badge(text: Any, colour: str = "") -> SafeString:
    """``{% badge "Looked after" "purple" %}``: a standing fact about a person."""
    return format_html('<span class="moj-badge{}">{}</span>', f" moj-badge--{colour}" if colour else "", text)


@register.simple_tag
def button(text: str, kind: str = "", name: str = "", value: str = "", hidden: str = "") -> SafeString:
    """``{% button "Save and continue" %}``: submits the form; a double press sends it once."""
    extra = format_html(' name="{}" value="{}"', name, value) if name else SafeString("")
    said = format_html('<span class="govuk-visually-hidden"> {}</span>', hidden) if hidden else SafeString("")
    return format_html(
        '<button type="submit" class="govuk-button{}" data-module="govuk-button" data-prevent-double-click="true"{}>'
        "{}{}</button>",
        BUTTONS[kind],
        extra,
        text,
        said,
    )


@register.simple_tag
def link_button(text: str, href: str, kind: str = "") -> SafeString:
    """``{% link_button "Apply now" url "start" %}``: goes somewhere, changes nothing."""
    arrow = SafeString("")
    if kind == "start":
        arrow = SafeString(
            '<svg class="govuk-button__start-icon" width="17" height="19" viewBox="0 0 17 19" aria-hidden="true" '
            'focusable="false"><path d="M1 1h5l9 8.5L6 18H1l8-8.5z" fill="currentColor"></path></svg>'
        )
    return format_html(
        '<a href="{}" role="button" draggable="false" class="govuk-button{}{}" data-module="govuk-button">{}{}</a>',
        href,
        BUTTONS[kind],
        " govuk-button--start" if kind == "start" else "",
        text,
        arrow,
    )


@register.simple_tag
def warning_text(text: Any) -> SafeString:
    """``{% warning_text "The deadline has passed" %}``: what happens if this is missed."""
    return format_html(
        '<div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!</span>'
        '<strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">{}</span> {}</strong></div>',
        _("Warning"),
        text,
    )


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """``{% inset %}...{% endinset %}``: set apart from the text around it."""
    return format_html('<div class="govuk-inset-text">{}</div>', content)


@register.simple_block_tag
def details(content: str, summary: str, open: bool = False) -> SafeString:
    """``{% details "Help with this" %}...{% enddetails %}``: opened only by those who need it."""
    return format_html(
        '<details class="govuk-details"{}><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">{}</span></summary><div class="govuk-details__text">{}</div></details>',
        " open" if open else "",
        summary,
        content,
    )


@register.simple_block_tag
def notification(content: str, title: str = "", kind: str = "", key: str = "notice") -> SafeString:
    """``{% notification %}...{% endnotification %}``: ``kind="success"`` after something was done."""
    return format_html(
        '<div class="govuk-notification-banner{}" role="{}" aria-labelledby="{}-title"'
        ' data-module="govuk-notification-banner" data-disable-auto-focus="{}">'
        '<div class="govuk-notification-banner__header"><h2 class="govuk-notification-banner__title" id="{}-title">{}'
        '</h2></div><div class="govuk-notification-banner__content">{}</div></div>',
        " govuk-notification-banner--success" if kind == "success" else "",
        "alert" if kind == "success" else "region",
        key,
        "false" if kind == "success" else "true",
        key,
        title or (_("Success") if kind == "success" else _("Important")),
        content,
    )


@register.simple_block_tag
def panel(content: str, title: str, heading: int = 1) -> SafeString:
    """``{% panel "Application sent" %}Your reference{% endpanel %}``: the receipt at the end of a journey."""
    return format_html(
        '<div class="govuk-panel govuk-panel--confirmation"><h{} class="govuk-panel__title">{}</h{}>'
        '<div class="govuk-panel__body">{}</div></div>',
        heading,
        title,
        heading,
        content,
    )


@register.simple_block_tag
def empty_state(content: str, title: str, level: int = 2) -> SafeString:
    """``{% empty_state "Nothing is late" %}What would appear here{% endempty_state %}``."""
    return format_html(
        '<div class="tl-empty"><h{} class="govuk-heading-m">{}</h{}><div class="govuk-body">{}</div></div>',
        level,
        title,
        level,
        content,
    )
