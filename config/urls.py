"""Every page and its name. Each app brings its own table; the API has its own."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from core import operations

handler400 = "core.problems.refusal"
handler404 = "core.problems.page_not_found"
handler500 = "core.middleware.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("dashboards.urls")),
    path("disputes/ledger/imports/", include("imports.urls")),
    path("disputes/", include("safekeeping.urls")),
    path("disputes/", include("coordination.urls")),
    path("disputes/", include("disputes.urls")),
    path("warnings/", include("classifier.urls")),
    path("warnings/", include("responsibility.urls")),
    path("warnings/", include("early_warning.urls")),
    path("calendars/", include("calendars.urls")),
    path("notifications/", include("notifications.urls")),
    path("audit/", include("administration.access_log_urls")),
    path("manage/", include("administration.urls")),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("demo/", include("demo.urls")),
    path("first-start/", include("first_start.urls")),
    path("api/v1/", include("config.api")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("metrics", operations.metrics, name="metrics"),
    path("health/", operations.health, name="health"),
]

if settings.GALLERY:
    urlpatterns += [path("gallery/", include("core.gallery"))]
