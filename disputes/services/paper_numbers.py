"""文号: each kind of paper has its own serial in each unit and year; a paper keeps the number it was given."""

from datetime import datetime

from django.db import transaction

from core.clock import shanghai_date
from disputes.models import PaperBook, PaperNumber
from disputes.rules import papers
from jurisdictions.models import Organization


@transaction.atomic
def number_for(kind: str, about: object, *, organization: Organization, now: datetime) -> PaperNumber:
    """The number of that paper, given now by `organization` if it has none yet. Locks the unit's book of that kind.

    Two who print the same paper at once get the same number: the second looks again under the lock.
    """
    known = _known(kind, about)
    if known is not None:
        return known
    year = shanghai_date(now).year
    PaperBook.objects.bulk_create(
        [PaperBook(organization=organization, kind=kind, year=year)], ignore_conflicts=True
    )
    book = PaperBook.objects.select_for_update().get(organization=organization, kind=kind, year=year)
    return _known(kind, about) or _next(book, kind, about, organization, now)


def _known(kind: str, about: object) -> PaperNumber | None:
    rows = PaperNumber.objects.select_related("book__organization__place")
    return rows.filter(kind=kind, about=str(about)).first()


def _next(
    book: PaperBook, kind: str, about: object, organization: Organization, now: datetime
) -> PaperNumber:
    book.organization = organization
    book.last_serial += 1
    book.save(update_fields=["last_serial"])
    return PaperNumber.objects.create(
        book=book,
        serial=book.last_serial,
        printed=papers.number_of(organization.mark, kind, book.year, book.last_serial),
        kind=kind,
        about=str(about),
        given_at=now,
    )
