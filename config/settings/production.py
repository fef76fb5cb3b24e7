"""Production: refuses to start on missing or demo secrets; HTTPS behind a proxy."""

import environ
from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *
from config.settings.integrations.logging import structured_logging

for name in ("SECRET_KEY", "SEARCH_KEY", "SEAL_KEY", "DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS"):
    if not env(name, default=""):
        raise ImproperlyConfigured(f"{name} is not set; see deploy/README.md")
if not FIELD_KEYS:
    raise ImproperlyConfigured("FIELD_KEYS is not set; see deploy/README.md")
if env.bool("DEMO", default=False):
    raise ImproperlyConfigured("The demo county cannot be served with production settings.")
if len(SECRET_KEY) < 50 or "tests-only" in SECRET_KEY or "demo" in SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is too short or a demo key.")

DEBUG = False
DEMO_ALLOWED = False
AUTHENTICATION_BACKENDS = ["demo.backends.RefuseDemoAccounts", *AUTHENTICATION_BACKENDS]
REQUIRE_ONE_TIME_CODE = True
SECURE_REDIRECT_EXEMPT = [r"^metrics$", r"^health/$"]  # asked on this machine, without the proxy
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1)  # limits count clients, not the proxy
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
LOGGING = structured_logging(environ.Env()("LOG_LEVEL", default="INFO"), json=True)
