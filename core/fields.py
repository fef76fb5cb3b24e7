from typing import Any

from django.db import models

from core import crypto


class EncryptedTextField(models.TextField):
    """Text encrypted at rest with FIELD_KEYS. It cannot be searched; store a `search_hash` beside it."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return crypto.encrypt(value) if value else value

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Any:
        return crypto.decrypt(value) if value else value
