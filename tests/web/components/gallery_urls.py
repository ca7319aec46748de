"""Addresses of the gallery's own small service."""

from django.urls import include, path

from throughline.web.components.urls import gallery_urlpatterns

urlpatterns = [
    path("look/", include("throughline.web.components.urls")),
    path("", include(gallery_urlpatterns)),
]
