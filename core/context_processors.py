"""What the frame of every page needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from core import navigation
from core.http import actor_of


def frame(request: HttpRequest) -> dict[str, Any]:
    return {
        "actor": actor_of(request),
        "nav": navigation.Lazy(request),
        "house_language": settings.LANGUAGE_CODE,
        "idle_seconds": settings.IDLE_SESSION_SECONDS,
    }
