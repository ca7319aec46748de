"""Saving from a form, once."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from throughline.core.audit.actor import THROUGHLINE
from throughline.core.audit.once import once, saved_before

# The name of the hidden field that the {% once_key %} tag writes.
ONCE = "once_key"


def new_once_key() -> str:
    """A fresh one-use key, for the hidden field of a form."""
    return uuid4().hex


def save_once(request: HttpRequest, act: Callable[[], str]) -> HttpResponse:
    """Do ``act`` once for this form's key and go to the address it returns.

    A form that arrives without a key (an old bookmark, a hand-made request) is given one of its own.
    """
    key = request.POST.get(ONCE) or new_once_key()
    viewer = getattr(request, "viewer", None)
    return HttpResponseRedirect(once(f"{request.path}:{key}", by=viewer or THROUGHLINE, act=act))


def is_repeated(request: HttpRequest) -> bool:
    """Whether this form was saved before, so that what it asked for is done and cannot be asked for again.

    ``save_once`` then gives the first answer; without asking this first, a second click would find nothing to do.
    """
    key = request.POST.get(ONCE)
    viewer = getattr(request, "viewer", None)
    return bool(key) and saved_before(f"{request.path}:{key}", by=viewer or THROUGHLINE)


def first_answer(request: HttpRequest) -> HttpResponse | None:
    """The answer that this very form was given when it was first sent; none when it was not sent before.

    For pages whose second click would find that what it asks for is done, and be answered as if nothing were there.
    """
    if request.method != "POST" or not is_repeated(request):
        return None
    return save_once(request, lambda: "")


def save_form(
    request: HttpRequest, form: forms.Form, act: Callable[[], str], done: str
) -> HttpResponse | None:
    """Do ``act`` once and go where it says; none when it was refused, with the reason beside the field it is about.

    What the person typed stays in the form, so that nothing has to be written twice.
    """
    try:
        answer = save_once(request, act)
    except ValidationError as problem:
        put_problem(form, problem)
        return None
    messages.success(request, done)
    return answer


def put_problem(form: forms.Form, problem: ValidationError) -> None:
    """A refusal beside the field it is about, or at the top of the form where it is about none."""
    if not hasattr(problem, "error_dict"):
        form.add_error(None, problem)
        return
    for name, errors in problem.message_dict.items():
        for words in errors:
            form.add_error(name if name in form.fields else None, words)
