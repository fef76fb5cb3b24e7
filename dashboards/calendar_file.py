"""What is due as an iCalendar file (RFC 5545), for calendars outside the house: numbers, never titles or names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from dashboards.selectors.agenda import Due

MEDIA_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//hejie//due//ZH"
READ_AGAIN = timedelta(hours=4)


def calendar_of(dues: Iterable[Due], *, name: str, site: str, now: datetime) -> bytes:
    """`site` is where the product answers (https://host): it makes identifiers unique and links lead there."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", READ_AGAIN, parameters={"VALUE": "DURATION"})
    for due in dues:
        calendar.add_component(_event(due, site, now))
    file: bytes = calendar.to_ical()
    return file


def _event(due: Due, site: str, now: datetime) -> Event:
    """A whole day where something is due in its course, else its moment; it keeps nobody busy."""
    event = Event()
    event.add("uid", f"{due.key}@{site.partition('://')[2]}")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", due.at.astimezone(UTC) if due.at else due.day)
    event.add("summary", due.outside)
    event.add("transp", "TRANSPARENT")
    if due.url:
        event.add("url", f"{site}{due.url}")
    return event
