"""Keeps demo accounts out where production settings run on a database that was made for the demo."""

from typing import Any, NoReturn

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from core.models import Installation


class RefuseDemoAccounts:
    """First of the production backends: on a demo database nobody logs in, whatever the password."""

    def authenticate(self, _request: HttpRequest | None, **credentials: Any) -> None:
        if Installation.objects.filter(kind=Installation.Kind.DEMO).exists():
            self._refuse()

    def get_user(self, _user_id: int) -> None:
        return None

    def _refuse(self) -> NoReturn:
        raise PermissionDenied("demo accounts exist only in a demo")
