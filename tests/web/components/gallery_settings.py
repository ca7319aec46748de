"""A service with nothing in it but the look, so that it can be opened in a browser without the rest of the house."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SECRET_KEY = "only-for-the-gallery"
DEBUG = True
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "tests.web.components.gallery_urls"
INSTALLED_APPS = [
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    "throughline.web.components",
]
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
MIDDLEWARE = ["csp.middleware.CSPMiddleware"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "throughline.web.components.views.look",
            ]
        },
    }
]
FORM_RENDERER = "throughline.web.components.forms.GovukRenderer"
AUTHORITY = {"name": "Calderbrook Council", "short_name": "Calderbrook", "colour": "#14505c"}
STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "build/static"]
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
