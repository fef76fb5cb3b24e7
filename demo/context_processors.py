"""What every page shows while the demo county is being loaded."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from demo import progress


def loading(_request: HttpRequest) -> dict[str, Any]:
    return {"demo_progress": progress.read() if settings.DEMO_ALLOWED else None}
