"""Sessions in the database, asked and saved on every page: both statements are there once, neither is compiled anew."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from core.written_once import written_once

SAVE = "UPDATE django_session SET session_data = %s, expire_date = %s WHERE session_key = %s"


class SessionStore(db.SessionStore):
    def load(self) -> dict[str, Any]:
        for (data,) in _kept(self.session_key, timezone.now()):
            kept: dict[str, Any] = self.decode(data)
            return kept
        self._session_key = None
        return {}

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002  # as Django calls it
        """Raises UpdateError where the session has ended meanwhile."""
        if must_create or self.session_key is None:
            super().save(must_create)
            return
        data = self.encode(dict(self.items()))
        with connection.cursor() as cursor:
            cursor.execute(SAVE, [data, self.get_expiry_date(), self.session_key])
            if cursor.rowcount != 1:
                raise UpdateError


@written_once
def _kept(key: Any, moment: Any) -> QuerySet[Any, Any]:
    rows = SessionStore.get_model_class().objects.filter(session_key=key, expire_date__gt=moment)
    return rows.values_list("session_data")
