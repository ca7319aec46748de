"""Settings. Everything an authority chooses comes from its environment; `throughline doctor` says what is wrong."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from throughline.core.access.single_sign_on import single_sign_on

from .database import database_from
from .secret import seal_keys, secret_key

SOURCE = Path(__file__).resolve().parent.parent
PROJECT_ROOT = SOURCE.parent.parent
HOME = Path(os.environ.get("THROUGHLINE_HOME", PROJECT_ROOT / "var")).resolve()
BUILT = Path(os.environ.get("THROUGHLINE_BUILT", PROJECT_ROOT / "build")).resolve()
# The typeface of printed documents: where the set-up put it, or the package itself in a tree that was not set up.
PRINT_FONTS = next(
    (f for f in (BUILT / "fonts", PROJECT_ROOT / "node_modules/source-sans/TTF") if f.is_dir()),
    BUILT / "fonts",
)

DEMONSTRATION = os.environ.get("THROUGHLINE_DEMONSTRATION") == "1"
DEBUG = os.environ.get("THROUGHLINE_DEBUG") == "1"
# A loopback demonstration or development server has no certificate; everywhere else cookies travel encrypted only.
PLAIN_HTTP = DEMONSTRATION or DEBUG or os.environ.get("THROUGHLINE_PLAIN_HTTP") == "1"

SECRET_KEY = secret_key(HOME)
SEAL_KEYS = seal_keys(HOME)
ALLOWED_HOSTS = os.environ.get("THROUGHLINE_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("THROUGHLINE_ORIGINS", "").split(",") if o]

CORE_ROOMS = [
    "throughline.core.audit",
    "throughline.core.work",
    "throughline.core.organisations",
    "throughline.core.places",
    "throughline.core.access",
    "throughline.core.alerts",
    "throughline.core.sharing",
    "throughline.core.timeline",
    "throughline.core.people",
    "throughline.core.messages.apps.Messages",
    "throughline.core.documents",
    "throughline.core.requests",
    "throughline.core.retention",
    "throughline.core.exchange",
]
MODULES = ["throughline.modules.admissions"]
INSTALLED_APPS = [
    # Before the packages whose pages they give our own look.
    "throughline.web.components",
    "throughline.web.portals",
    "throughline.web.intake",
    "throughline.web.proposals",
    "throughline.web.moving",
    "throughline.web.circle",
    "throughline.web.asking",
    "throughline.web.organisation",
    "throughline.web.young_person",
    "throughline.web.files",
    "throughline.web.trail",
    "throughline.web.upkeep",
    "throughline.web.alerts.apps.AlertPages",
    "throughline.web.correspondence",
    "throughline.web.journeys",
    "throughline.web.sharing",
    "throughline.web.record",
    "throughline.web.keeping",
    "throughline.web.family",
    "throughline.web.amending",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_tasks",
    "django_tasks_db",
    *CORE_ROOMS,
    *MODULES,
    "throughline.project",
]

MIDDLEWARE = [
    "throughline.web.portals.health.AliveMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "throughline.web.portals.door.DoorMiddleware",
    "throughline.web.files.receiving.NoMoreThanCanBeTaken",
]
ROOT_URLCONF = "throughline.project.urls"
WSGI_APPLICATION = "throughline.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "throughline.web.components.views.look",
                "throughline.web.portals.context.portal",
                "throughline.web.sharing.context.banners",
            ],
            "builtins": ["throughline.web.components.templatetags.govuk"],
        },
    }
]
FORM_RENDERER = "throughline.web.components.forms.GovukRenderer"

DATABASES = {"default": database_from(os.environ.get("DATABASE_URL", ""), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Rate limits live in the cache, and must hold across every web process: so the cache is the database.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_entries"}}

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "throughline.core.access.hashing.TunedArgon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_ADAPTER = "throughline.web.portals.sign_in.Accounts"
ACCOUNT_LOGIN_METHODS = {"email"}
# No sign-up page is served. The password is named only because the staff door has no password box without it.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# Parents prove their address by the code itself; administrators vouch for those of staff.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "request_login_code": "40/m/ip,3/5m/key",
    "signup": "40/m/ip",
    "confirm_email": "3/5m/key",
}
SINGLE_SIGN_ON = single_sign_on(os.environ, PLAIN_HTTP)
SOCIALACCOUNT_ADAPTER = "throughline.web.portals.council_account.CouncilAccounts"
SOCIALACCOUNT_PROVIDERS = SINGLE_SIGN_ON.providers() if SINGLE_SIGN_ON else {}
# Nobody is given an account, and none is found by an address, except as CouncilAccounts allows.
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
MFA_ADAPTER = "throughline.web.portals.second_step.SecondStep"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Throughline"
# Clocks differ and fingers are slow: the code before and the code after are taken too, each once.
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = PLAIN_HTTP
USERSESSIONS_TRACK_ACTIVITY = False
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/home/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_IDLE_SECONDS = int(timedelta(minutes=30).total_seconds())
SESSION_COOKIE_SECURE = not PLAIN_HTTP
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = not PLAIN_HTTP
CSRF_FAILURE_VIEW = "throughline.web.portals.errors.forgery"
SECURE_SSL_REDIRECT = not PLAIN_HTTP
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("THROUGHLINE_BEHIND_PROXY") == "1" else None
)
# Behind a proxy everybody comes from the proxy's address: without theirs, one limit would shut out a whole county.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if os.environ.get("THROUGHLINE_BEHIND_PROXY") == "1" else 0
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else int(timedelta(days=365).total_seconds())
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        # Signing in by the council's account leads there by a form.
        "form-action": [SELF, *([SINGLE_SIGN_ON.origin] if SINGLE_SIGN_ON else [])],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

EMAIL_BACKEND = "throughline.core.messages.backend.OutboxBackend"
# Where the worker hands messages on; the demonstration keeps them on a page instead.
SENDING_BACKEND = os.environ.get("THROUGHLINE_EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = os.environ.get("THROUGHLINE_EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("THROUGHLINE_EMAIL_PORT", "25"))
DEFAULT_FROM_EMAIL = os.environ.get("THROUGHLINE_EMAIL_FROM", "education@example.org")
# Text messages, letters and receipts by GOV.UK Notify; without a key texts are held and letters wait to be printed.
NOTIFY_KEY = os.environ.get("THROUGHLINE_NOTIFY_KEY", "")
NOTIFY_URL = os.environ.get("THROUGHLINE_NOTIFY_URL", "https://api.notifications.service.gov.uk")
NOTIFY_TEXT_TEMPLATE = os.environ.get("THROUGHLINE_NOTIFY_TEXT_TEMPLATE", "")
NOTIFY_EMAIL_TEMPLATE = os.environ.get("THROUGHLINE_NOTIFY_EMAIL_TEMPLATE", "")
NOTIFY_RECEIPT_TOKEN = os.environ.get("THROUGHLINE_NOTIFY_RECEIPT_TOKEN", "")
LETTERS_ARE_PRINTED = os.environ.get("THROUGHLINE_LETTERS") == "print"

STATIC_URL = "/static/"
STATIC_ROOT = BUILT / "collected"
STATICFILES_DIRS = [BUILT / "static"] if (BUILT / "static").is_dir() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DOCUMENTS_ROOT = HOME / "documents"
# What was disposed of, outside the database: best where a restored backup does not overwrite it.
DISPOSAL_LOG = Path(os.environ.get("THROUGHLINE_DISPOSAL_LOG") or HOME / "disposals.log").resolve()
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DOCUMENT_LIMIT_BYTES = int(os.environ.get("THROUGHLINE_DOCUMENT_LIMIT_MB", "50")) * 1_000_000
# Everything that one form may send: five of the largest documents, or a large file to be brought in.
UPLOAD_LIMIT_BYTES = max(5 * DOCUMENT_LIMIT_BYTES, 250_000_000) + 5_000_000
FILE_UPLOAD_HANDLERS = [
    "throughline.web.files.receiving.UpToTheLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "throughline.web.files.receiving.OntoTheDisk",
]

LANGUAGE_CODE = "en-gb"
LOCALE_PATHS = [SOURCE / "locale"]
# A language is offered once its words are there: a page must not call itself Welsh and speak English.
WELSH = [("cy", _("Welsh"))] if (SOURCE / "locale/cy/LC_MESSAGES/django.po").exists() else []
LANGUAGES = [("en-gb", _("English")), *WELSH]
FORMAT_MODULE_PATH = ["throughline.project.formats"]
USE_TZ = True
USE_I18N = True
TIME_ZONE = "Europe/London"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("THROUGHLINE_LOG_LEVEL", "WARNING")},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
