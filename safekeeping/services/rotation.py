"""Brings everything encrypted under the newest of FIELD_KEYS, in batches, while the system runs.

Rows and files already there are passed over, so an interrupted run is simply started again.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import TextField, Value
from django.db.models.functions import Cast

from core import crypto
from core.fields import EncryptedTextField
from disputes.services import blobs

BATCH = 500


def encrypted_fields() -> Iterator[tuple[type[models.Model], str]]:
    """Every encrypted column of all apps."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, EncryptedTextField):
                yield model, field.name


def rotate_column(model: type[models.Model], name: str) -> int:
    """How many rows were under an older key. Locks a batch at a time."""
    changed, after = 0, 0
    while True:
        with transaction.atomic():
            rows = model._default_manager.filter(pk__gt=after).exclude(**{name: ""}).order_by("pk")
            raw = rows.annotate(token=Cast(name, TextField())).select_for_update(of=("self",))
            batch = list(raw.values_list("pk", "token")[:BATCH])
            for pk, token in batch:
                changed += _rotate_row(model, name, pk, token)
        if len(batch) < BATCH:
            return changed
        after = batch[-1][0]


def _rotate_row(model: type[models.Model], name: str, pk: Any, token: str | None) -> bool:
    if not token or not crypto.needs_rotation(token):
        return False
    fresh = Value(crypto.rotate(token), output_field=TextField())  # already encrypted: past the field's own
    model._default_manager.filter(pk=pk).update(**{name: fresh})
    return True


def rotate_one_time_codes() -> int:
    """The secrets of two-step login, which allauth keeps in JSON."""
    changed = 0
    for row in Authenticator.objects.order_by("pk").iterator(chunk_size=BATCH):
        fresh = {key: _fresh(value) for key, value in row.data.items()}
        if fresh != row.data:
            Authenticator.objects.filter(pk=row.pk).update(data=fresh)
            changed += 1
    return changed


def _fresh(value: Any) -> Any:
    """A token under the newest key; anything else as it is."""
    if not isinstance(value, str):
        return value
    try:
        return crypto.rotate(value) if crypto.needs_rotation(value) else value
    except crypto.InvalidToken:
        return value


def rotate_files() -> int:
    """Attachments. Each file is replaced in one piece."""
    changed = 0
    for path in sorted(blobs.folder().glob("??/*")):
        token = path.read_bytes().decode("ascii", errors="replace")
        if not path.name.startswith(".") and crypto.needs_rotation(token):
            _replace(path, crypto.rotate(token).encode())
            changed += 1
    return changed


def _replace(path: Path, data: bytes) -> None:
    state = path.stat()
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as part:
        part.write(data)
        part.flush()
        os.fsync(part.fileno())
    os.utime(part.name, (state.st_atime, state.st_mtime))  # the orphan sweep goes by the time of storing
    os.replace(part.name, path)


def number_of_keys() -> int:
    return len(settings.FIELD_KEYS)
