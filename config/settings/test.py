"""Tests: the owner's database role, cheap password hashes, no throttle, nothing sent."""

import os

os.environ.setdefault("SECRET_KEY", "tests-only-secret-key-that-opens-nothing-at-all-0123456789")
os.environ.setdefault("FIELD_KEYS", "dGVzdHMtb25seS1maWVsZC1rZXktMzItYnl0ZXMhISE=")
os.environ.setdefault("SEARCH_KEY", "tests-only-search-key")
os.environ.setdefault("SEAL_KEY", "dGVzdHMtb25seS1zZWFsLXNlZWQtMzItYnl0ZXMhISE=")
if "OWNER_DATABASE_URL" in os.environ:
    os.environ["DATABASE_URL"] = os.environ["OWNER_DATABASE_URL"]

from config.settings.base import *  # noqa: E402 - the environment above is read on import

GALLERY = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
DATABASES["default"]["CONN_MAX_AGE"] = 0
LOGGING["root"]["level"] = "ERROR"
MEDIA_ROOT = DATA_DIR / "test-media" / os.environ.get("PYTEST_XDIST_WORKER", "main")
ACCOUNT_RATE_LIMITS = False
REST_FRAMEWORK = REST_FRAMEWORK | {"DEFAULT_THROTTLE_CLASSES": []}
