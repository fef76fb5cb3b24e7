"""Tests: the owner's database role, cheap password hashes, no throttle, nothing sent."""

import os
import re

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")  # "gw0", "gw1" …: each has a Redis database of its own
if WORKER and "REDIS_URL" in os.environ:
    _own = f"{int(WORKER.removeprefix('gw')) + 1}"
    os.environ["REDIS_URL"] = re.sub(r"(?<=[=/])\d+$", _own, os.environ["REDIS_URL"])

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
DEMO_PROGRESS = DATA_DIR / f"demo-progress-{WORKER or 'main'}.json"
MEDIA_ROOT = DATA_DIR / "test-media" / (WORKER or "main")
WITNESS_DIR = DATA_DIR / "test-witness" / (WORKER or "main")  # each test gets one of its own
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns about a folder that is not there
REST_FRAMEWORK = REST_FRAMEWORK | {"DEFAULT_THROTTLE_CLASSES": []}
FIRST_START = False  # most tests have no county, and no page of theirs asks for one
MIDDLEWARE = [*MIDDLEWARE, "core.reading.ReadOnlyMiddleware"]  # innermost: looking at a page writes nothing
WRITTEN_AT_THE_DOOR = (
    'UPDATE "accounts_apitoken" SET "last_used_at"',
)  # of the API, which opens inside the view
