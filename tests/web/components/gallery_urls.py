"""The addresses of the look alone, with the gallery, so that its tests need no module."""

from django.urls import include, path

from throughline.web.components.urls import gallery_urlpatterns

urlpatterns = [path("look/", include("throughline.web.components.urls")), *gallery_urlpatterns]
