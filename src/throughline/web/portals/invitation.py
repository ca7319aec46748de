"""Choosing the first password, by the link of an invitation."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from throughline.core.access.invitations import accept_invitation, invited


class PasswordForm(forms.Form):
    password = forms.CharField(
        label=gettext_lazy("Choose a password"),
        help_text=gettext_lazy("At least 12 characters. Three words that do not belong together are good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        max_length=200,
    )


@never_cache
def choose_password(request: HttpRequest, user_id: UUID, word: str) -> HttpResponse:
    """The invitation's page. Whatever is wrong with a link, it is answered alike."""
    user = invited(user_id, word)
    if user is None:
        return render(request, "portals/sign_in/invitation_over.html", status=404)
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            accept_invitation(user=user, password=form.cleaned_data["password"])
        except ValidationError as problem:
            form.add_error("password", problem)
        else:
            messages.success(
                request, _("Your password is kept. Sign in with it, then set up your second step.")
            )
            return HttpResponseRedirect(reverse("account_login"))
    return render(request, "portals/sign_in/invitation.html", {"form": form, "email": user.email})
