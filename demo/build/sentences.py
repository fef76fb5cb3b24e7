"""常用语 of the demo county: what each town's centre wrote down once, so that nobody types it every day."""

from datetime import datetime, timedelta

from django.db import transaction

from demo.build.playing import Cast
from demo.build.said import CANNED
from demo.county import county
from disputes.models import CannedText
from disputes.services import canned_texts

SINCE = timedelta(days=30)


@transaction.atomic
def write(now: datetime) -> None:
    """Through the service, in the name of each centre's director. A second call changes nothing."""
    if CannedText.objects.exists():
        return
    cast = Cast()
    for town in county().towns:
        for field, text in CANNED:
            canned_texts.add(field=field, text=text, by=cast[f"{town.alias}.coordinator"], now=now - SINCE)
