from datetime import UTC, datetime

import pytest
from cryptography.fernet import Fernet
from django.core.management.base import CommandError

from core.management.commands.prepare import require_right_keys
from core.models import Installation

pytestmark = pytest.mark.django_db


@pytest.fixture
def installation() -> Installation:
    Installation.objects.all().delete()
    return Installation.objects.create(
        id=1, kind=Installation.Kind.TEST, created_at=datetime(2026, 11, 23, tzinfo=UTC)
    )


def test_the_keys_that_made_the_database_open_it(installation: Installation) -> None:
    require_right_keys()


def test_rotated_keys_still_open_it(installation: Installation, settings) -> None:
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_KEYS]
    require_right_keys()


def test_other_keys_are_refused_with_the_way_out(installation: Installation, settings) -> None:
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(CommandError, match=r"FIELD_KEYS do not open this database.*secrets\.env"):
        require_right_keys()
