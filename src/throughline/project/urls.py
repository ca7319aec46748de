"""Addresses: sign-in, health, and every page that modules declare."""

from django.urls import include, path

from throughline.core.registry.assembly import installed
from throughline.web.portals.pages import page_addresses

urlpatterns = [
    path("look/", include("throughline.web.components.urls")),
    path("sign-in/", include("throughline.web.portals.urls")),
    *page_addresses(installed()),
]
handler400 = "throughline.web.portals.errors.bad_request"
handler403 = "throughline.web.portals.errors.not_allowed"
handler404 = "throughline.web.portals.errors.not_found"
handler500 = "throughline.web.portals.errors.fault"
handler429 = "throughline.web.portals.errors.too_many"
