"""Settings shared by every way of running. What differs lies in local, test and production."""

from pathlib import Path

import environ
from redis.backoff import NoBackoff
from redis.retry import Retry

from config import limits
from config.settings.integrations.logging import structured_logging

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()

DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / ".data"))).resolve()
SECRET_KEY = env("SECRET_KEY", default="")
FIELD_KEYS = env.list("FIELD_KEYS", default=[])  # Fernet keys, newest first
SEARCH_KEY = env("SEARCH_KEY", default="")  # keyed hashes of names, numbers and phones
SEAL_KEY = env("SEAL_KEY", default="")  # Ed25519 seed, base64; signs the daily seal
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
GALLERY = False  # the component gallery

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "pgtrigger",
    "django_htmx",
    "template_partials",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_prometheus",
    "core",
    "audit",
    "jurisdictions",
    "accounts",
    "administration",
    "calendars",
    "notifications",
    "disputes",
    "imports",
    "safekeeping",
    "coordination",
    "classifier",
    "responsibility",
    "early_warning",
    "dashboards",
    "first_start",
    "demo",
    "benchmarks",
]

MIDDLEWARE = [
    "core.door.DoorMiddleware",
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "core.middleware.UnavailableMiddleware",
    "core.middleware.SteadyReadsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.SmallerTextMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "core.middleware.PrivateMiddleware",
    "accounts.middleware.SignInAgainMiddleware",
    "accounts.middleware.ActorMiddleware",
    "first_start.middleware.FirstStartMiddleware",
    "accounts.middleware.IdleSessionMiddleware",
    "accounts.middleware.FirstThingsMiddleware",
    "accounts.middleware.NoPostMiddleware",
    "accounts.middleware.RefusalMiddleware",
    "accounts.kept_forms.KeptFormsMiddleware",
    "core.middleware.DomainErrorMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "core.templatetags.components",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context_processors.frame",
                "demo.context_processors.loading",
                "first_start.context_processors.next_step",
            ],
        },
    }
]
FORM_RENDERER = "core.forms.FormRenderer"

# Database: web, worker and beat connect as hejie_app, migrations and tests as hejie_owner.
DATABASES = {"default": env.db("DATABASE_URL", default="postgres://hejie_app@/hejie")}
# The web server sets both (config.wsgi): a page gives up where a migration or a sweep may wait.
DATABASE_WAITS = "".join(
    f" -c {name}={env(name.upper())}"
    for name in ("lock_timeout", "statement_timeout")
    if env(name.upper(), default="")
)
DATABASES["default"] |= {
    "ENGINE": "django_prometheus.db.backends.postgresql",
    "ATOMIC_REQUESTS": False,
    "CONN_MAX_AGE": 600,
    "CONN_HEALTH_CHECKS": True,
    # A trigger that finds pgtrigger.ignore unset raises and catches an error for every row: nearly half its time.
    # Rows come with up to a dozen joined ones; planning every join order took 9 ms, as written 1 ms.
    "OPTIONS": DATABASES["default"].get("OPTIONS", {})
    | {
        "options": f"-c timezone=UTC -c join_collapse_limit=4 -c pgtrigger.ignore={{}}{DATABASE_WAITS}",
        "connect_timeout": 3,
    },
}
if "host" in DATABASES["default"]["OPTIONS"]:  # a socket folder, written as ?host=/path in the URL
    DATABASES["default"]["HOST"] = DATABASES["default"]["OPTIONS"].pop("host")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL", default="redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "core.cache.FailOpenRedisCache",
        "LOCATION": env("CACHE_URL", default=REDIS_URL),
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1, "retry": Retry(NoBackoff(), 0)},
        "KEY_PREFIX": DATABASES["default"]["NAME"],  # what is kept belongs to the rows of one database
    }
}

SESSION_ENGINE = "core.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "core.came_from.token_refused"
CSRF_COOKIE_HTTPONLY = False  # htmx reads the token from the page, forms carry it
IDLE_SESSION_SECONDS = env.int("IDLE_SESSION_SECONDS", default=3600)

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
DEMO_ALLOWED = True  # production settings say no: neither load the demo county nor let its accounts in
DEMO_PROGRESS = (
    DATA_DIR / "demo-progress.json"
)  # there while the demo county is being loaded; the supervisor looks for it
FIRST_START = True  # a real installation without a county leads to its first start
FIRST_START_CODE = DATA_DIR / "first-start-code"  # the code, until the supervisor has printed it
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False  # shared machines: the session ends with the browser
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
# Counted in PostgreSQL (accounts/services/lockout.py): the cache may be away, an office shares one address.
ACCOUNT_RATE_LIMITS = {"login_failed": None, "login": None}
ACCOUNT_FORMS = {
    "login": "accounts.login_forms.LoginForm",
    "change_password": "accounts.login_forms.ChangePasswordForm",
}
MFA_FORMS = {
    "authenticate": "accounts.login_forms.CodeForm",
    "reauthenticate": "accounts.login_forms.CodeAgainForm",
}
LOCKOUT_FREE_TRIES = env.int("LOCKOUT_FREE_TRIES", default=5)  # the last of them begins the first wait
LOCKOUT_FIRST_WAIT = env.int("LOCKOUT_FIRST_WAIT", default=60)  # seconds, doubled by each further failure
LOCKOUT_LONGEST_WAIT = env.int("LOCKOUT_LONGEST_WAIT", default=3600)  # seconds
LOCKOUT_FORGET = env.int(
    "LOCKOUT_FORGET", default=86_400
)  # seconds without a failure after which counting starts anew
MFA_ADAPTER = "accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "和解"
USERSESSIONS_TRACK_ACTIVITY = False
REQUIRE_ONE_TIME_CODE = False  # production turns it on for administrators and county roles

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
NODE_MODULES = BASE_DIR / "node_modules"
STATICFILES_DIRS = [  # what supervisor/bundles.py put together, not its sources
    ("bundle", BASE_DIR / "static" / "bundle"),
    ("img", BASE_DIR / "static" / "img"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "core.staticfiles.HashedStaticFiles"},
}
MEDIA_ROOT = DATA_DIR / "media"
# the heads of the seals, outside the data folder and the database: who owns those cannot take them back
WITNESS_DIR = Path(env("WITNESS_DIR", default=f"{DATA_DIR}-witness"))
MEDIA_URL = "/media-is-never-served/"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "unacked_restore_throttle": 1,
    # a page that wants to send a message does not wait for a broker that is away (kombu's own: 6 s)
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.1,
    "socket_connect_timeout": 1,
    "socket_timeout": 2,  # one that hangs is as good as away
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_TIME_LIMIT = 1800
CELERY_WORKER_MAX_MEMORY_PER_CHILD = (
    env.int("WORKER_MEMORY_MB", default=700) * 1024
)  # KB; renewed after its task

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.authentication.ApiTokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["core.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.UserRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"user": env("API_RATE", default="600/min")},
    "EXCEPTION_HANDLER": "core.problems.problem_details",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "hejie API",
    "VERSION": "1",
    "DESCRIPTION": "Disputes, steps, ledger, places, calendars. Times are ISO 8601 with offset.",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "PartyKindEnum": "disputes.choices.PartyKind",  # places have a kind as well
        "RouteEnum": "disputes.choices.Route",  # those told, and the one that was chosen
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "core.api_schema.tell_of_problems",
    ],
}

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 20  # seconds; a mail server that does not answer holds a sender no longer
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="hejie@localhost")
METRICS_TOKEN = env(
    "METRICS_TOKEN", default=""
)  # lets monitoring on another machine read /metrics and /health/
SITE_URL = env("SITE_URL", default="").rstrip("/")  # how mail and messages link here; empty: they do not

DATA_UPLOAD_MAX_MEMORY_SIZE = limits.SMALL
DATA_UPLOAD_MAX_NUMBER_FIELDS = limits.FIELDS
UPLOAD_LIMIT = limits.UPLOAD
REQUEST_LIMIT = limits.most  # (path, content type) → bytes; the server before us refuses by it too
FILE_UPLOAD_PERMISSIONS = 0o600
LOGGING = structured_logging(env("LOG_LEVEL", default="INFO"))
LOGGING_CONFIG = "logging.config.dictConfig"
