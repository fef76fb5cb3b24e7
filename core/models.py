"""Base models and the one row that says what kind of installation this is."""

from typing import Any
from uuid import uuid4

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import EncryptedTextField


class AppendOnly(models.Model):
    """Rows that are written once. The database refuses UPDATE, DELETE and TRUNCATE; so does this class."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(f"{type(self).__name__} rows are append-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError(f"{type(self).__name__} rows are append-only")


APPEND_ONLY_TRIGGERS = [
    pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
    # Protect cannot watch TRUNCATE, a plain statement trigger can
    pgtrigger.Trigger(
        name="no_truncate",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;",
    ),
]


class Installation(models.Model):
    """The one row written when the database is made; it decides what may be loaded into it."""

    class Kind(models.TextChoices):
        LIVE = "live", _("正式")
        DEMO = "demo", _("演示")
        TEST = "test", _("测试")

    kind = models.CharField(max_length=8, choices=Kind.choices)
    created_at = models.DateTimeField()
    is_loading = models.BooleanField(default=False)  # the demo county is not whole yet
    canary = EncryptedTextField(default="hejie")  # opens only with the right FIELD_KEYS

    class Meta:
        constraints = [
            models.CheckConstraint(name="installation_is_one_row", condition=models.Q(id=1)),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class ReferenceMark(models.Model):
    """Left by the database beside every write of a reference table; see `core.remembered`. Nobody else writes it."""

    id = models.UUIDField(primary_key=True, default=uuid4)

    def __str__(self) -> str:
        return str(self.pk)
