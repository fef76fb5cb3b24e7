"""The REST API, each app's part under one address, with its schema."""

from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView

urlpatterns: list[URLPattern | URLResolver] = [
    path(
        "schema/",
        SpectacularAPIView.as_view(authentication_classes=[], permission_classes=[]),
        name="api_schema",
    ),
    path("", include("disputes.api.urls")),
    path("", include("classifier.api.urls")),
    path("", include("early_warning.api.urls")),
    path("", include("calendars.api_urls")),
    path("", include("jurisdictions.api_urls")),
]
