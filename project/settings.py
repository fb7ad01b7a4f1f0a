"""Settings of the site, read from the environment, safe by default."""

from pathlib import Path

import django_stubs_ext
import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from pythonjsonlogger.core import RESERVED_ATTRS

django_stubs_ext.monkeypatch()  # ModelAdmin[Fact] and its like can be written, for strict types

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="only-for-development-" * 3 if DEBUG else "")
if not SECRET_KEY:
    message = (
        "SECRET_KEY is not set: production does not start without one (50 characters). "
        "On your own machine set DEBUG=1 instead."
    )
    raise ImproperlyConfigured(message)
# The secrets before this one: sessions and second factors outlive a change of it.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"] if DEBUG else [])

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "quiz",
    "django.forms",  # after the others: templates/django/forms overrides its templates
]
MIDDLEWARE = [
    "project.middleware.DatabaseBusy",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "quiz.accounts.middleware.LoginWall",
    "quiz.accounts.middleware.LearnerMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
if DEBUG:
    MIDDLEWARE.append("project.middleware.RefusalsAsInProduction")
ROOT_URLCONF = "project.urls"
WSGI_APPLICATION = "project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "quiz.corrections.context.reports",
            ],
        },
    },
]
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"] |= {
        # Kept open: the last connection that closes folds the whole write-ahead log back.
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "timeout": 10,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            "PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-16000",
        },
    }
else:
    # A held connection is checked first: after a restart of the database none fails.
    DATABASES["default"] |= {
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 3,
            # A statement seen before is planned once for a connection: planning the wide ones takes
            # longer than running them. A pooler between must know prepared statements.
            "server_side_binding": True,
            "prepare_threshold": 3,
            "options": "-c statement_timeout=30000 -c lock_timeout=3000"
            " -c idle_in_transaction_session_timeout=30000",
        },
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "quiz.User"
AUTHENTICATION_BACKENDS = ["quiz.accounts.sessions.UserBackend"]
SESSION_ENGINE = "quiz.accounts.sessions"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "quiz:review-today"
ACCOUNT_ADAPTER = "quiz.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "login": "quiz.accounts.forms.SignInForm",
    "signup": "quiz.accounts.forms.SignUpForm",
    "confirm_email_verification_code": "quiz.accounts.forms.ConfirmCodeForm",
    "reset_password": "quiz.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "quiz.accounts.forms.NewPasswordForm",
    "change_password": "quiz.accounts.forms.ChangePasswordForm",
    "reauthenticate": "quiz.accounts.forms.PasswordAgainForm",
    "add_email": "quiz.accounts.forms.ChangeEmailForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Generous by address (a whole school sits behind one), strict by account.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "signup": "300/m/ip",
    "login_failed": "120/m/ip,10/15m/key",
    "confirm_email": "120/m/ip,5/15m/key",
    "reset_password": "120/m/ip,5/15m/key",
}
# Passkeys are left out: they work only with JavaScript, and their pages carry inline script tags.
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "quiz.accounts.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "activate_totp": "quiz.accounts.forms.FirstAppCodeForm",
    "authenticate": "quiz.accounts.forms.SecondFactorForm",
    "reauthenticate": "quiz.accounts.forms.SecondFactorAgainForm",
}
CSRF_FAILURE_VIEW = "quiz.accounts.views.csrf_failure"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "report-uri": "/csp-report/",
}
# Cookies and transport: https://docs.djangoproject.com/en/6.1/topics/security/
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
if not DEBUG:
    # INSECURE_HTTP=1 is for trying the production server on localhost; never set it elsewhere.
    SECURE = not env.bool("INSECURE_HTTP", default=False)
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = SECURE
    if SECURE:
        SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    # Only where the proxy strips this header from clients and sets it itself.
    if env.bool("BEHIND_PROXY", default=False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        # Else all clients would share the limits by address: they would be the proxy's.
        ALLAUTH_TRUSTED_PROXY_COUNT = 1

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
DATA_UPLOAD_MAX_NUMBER_FILES = 1  # no page takes a file
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000  # the admin's form of a fact with its inlines
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
PASSWORD_RESET_TIMEOUT = 3600
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.console.EmailBackend"
        if DEBUG
        else "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {}
        if DEBUG
        else {
            "host": env.str("EMAIL_HOST", default="localhost"),
            "port": env.int("EMAIL_PORT", default=25),
            "username": env.str("EMAIL_USER", default=""),
            "password": env.str("EMAIL_PASSWORD", default=""),
            "use_tls": env.bool("EMAIL_TLS", default=False),
        },
    }
}
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="quiz@localhost")
# The sign-in limits must be shared by all processes: the database is always there.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if DEBUG
    # Django's 300 entries would drop the counts of wrong passwords when a school signs in.
    else env.cache("CACHE_URL", default="dbcache://cache?max_entries=100000")
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        # An object a line: whatever a visitor typed stays within its quotes. Requests are left out,
        # since their addresses may carry tokens; the message has the path.
        "lines": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s",
            "reserved_attrs": [*RESERVED_ATTRS, "request"],
        },
        "words": {"format": "%(levelname)s %(name)s: %(message)s"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "words" if DEBUG else "lines",
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}

# Fixtures keep every value the text it is written as, and nest children under their parent.
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
SERIALIZATION_MODULES = {"yaml": "quiz.facts.yaml", "json": "quiz.facts.json"}
# The seed of all choices made when questions are generated; the same facts give the same bytes.
QUIZ_SEED = env.int("QUIZ_SEED", default=20241101)
