"""Addresses of the look. The project includes these at ``look/``; the gallery only in development and tests."""

from django.urls import path

from . import views

app_name = "components"
urlpatterns = [path("brand.css", views.brand_css, name="brand_css")]
gallery_urlpatterns = [path("gallery/", views.gallery, name="gallery")]
