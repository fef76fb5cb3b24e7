"""What the frame of every page needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from core import navigation


def frame(request: HttpRequest) -> dict[str, Any]:
    return {
        "actor": getattr(request, "actor", None),
        "nav": navigation.Lazy(request),
        "house_language": settings.LANGUAGE_CODE,
        "idle_seconds": settings.IDLE_SESSION_SECONDS,
    }
