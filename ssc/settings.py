"""All settings: secure unless the environment says otherwise. CONTRIBUTING.md lists the variables."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from ssc import __version__, environment

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
BUILD_DIR = BASE_DIR / "build"

environment.refuse_unknown(
    {
        "SSC_ALLOWED_HOSTS",
        "SSC_DEBUG",
        "SSC_HTTPS",
        "SSC_LOG_LEVEL",
        "SSC_SECOND_FACTOR",
        "SSC_SECRET_KEY",
        "SSC_TRUSTED_ORIGINS",
        "SSC_TRUST_PROXY",
        "SSC_UPLOAD_MAX_MB",
    }
)

# --- Who may reach the program, and how ---

DEBUG = environment.read_bool("SSC_DEBUG", default=False)
SECRET_KEY = environment.read_secret_key("SSC_SECRET_KEY", file=VAR_DIR / "secret_key")
ALLOWED_HOSTS = environment.read_hosts("SSC_ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = environment.read_origins("SSC_TRUSTED_ORIGINS")

# Only the demo, the tests and a developer's machine serve plain http; they say so.
HTTPS = environment.read_bool("SSC_HTTPS", default=not DEBUG)
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# No HSTS for subdomains and no preload list: one program does not decide that for a whole domain.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
# A proxy that ends TLS must overwrite this header; without one, any visitor could send it.
if environment.read_bool("SSC_TRUST_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# In front of what shows who a person is. Only the demo, the tests and a developer's machine go without, and say so.
SECOND_FACTOR = environment.read_bool("SSC_SECOND_FACTOR", default=not DEBUG)
OTP_TOTP_ISSUER = "Regiekompas"
OTP_ADMIN_HIDE_SENSITIVE_DATA = True  # an administrator removes a lost factor, and never reads one

# Everything a page loads comes from here; no inline script or style, no eval, no other origin.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap draws its check marks and arrows as data: images
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- What the program is made of ---

INSTALLED_APPS = [
    "portfolio",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "auditlog",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "auditlog.middleware.AuditlogMiddleware",
]

ROOT_URLCONF = "ssc.urls"
WSGI_APPLICATION = "ssc.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- What it keeps ---

DATABASES = {"default": environment.read_database("DATABASE_URL", file=VAR_DIR / "regiekompas.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Who changed what is logged; from which address is personal data nobody here needs.
AUDITLOG_DISABLE_REMOTE_ADDR = True

# --- Who signs in ---

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = LOGIN_URL

# Stands on every sealed plan and on every workbook that leaves.
RELEASE = __version__

# --- In which language, at which hour ---

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

# --- What browsers load and send ---

STATIC_URL = "static/"
STATIC_ROOT = BUILD_DIR / "static"
STATICFILES_DIRS = [BUILD_DIR / "assets"]  # named files from npm, put there by run.py
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "ssc.static.HashedStorage"},
}

DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a grid of 100 posts by 40 services, with room
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024**2  # form data; files are counted apart
#: Workbooks wait here between preview and import, an hour at most; no address leads to them.
UPLOAD_DIR = VAR_DIR / "uploads"
UPLOAD_MAX_BYTES = environment.read_int("SSC_UPLOAD_MAX_MB", default=10, low=1, high=100) * 1024**2

# --- What it says ---

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {
        "handlers": ["stderr"],
        "level": environment.read_choice("SSC_LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR")),
    },
    # Django's own handler would print each line twice, and mail admins nobody named.
    "loggers": {"django": {"handlers": [], "propagate": True}},
}
