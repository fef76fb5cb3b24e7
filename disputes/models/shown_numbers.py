"""A dispute's number as people see it, told from the number alone."""

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from disputes.models.ledger import LedgerBook

_names: dict[str, str] = {}
"""What each book is printed as, by `t01-2026`: a book keeps its name, so a process reads each once."""


def shown_number(number: str) -> str:
    """〔2026〕青石镇第000123号 of `t01-2026-000123`; the number itself where its book is unknown.

    One query when a book is met that this process has not read, none after.
    """
    book, _dash, seq = number.rpartition("-")
    if book not in _names:
        _names.update(_read())
    name, year = _names.get(book), book.rpartition("-")[2]
    return f"〔{year}〕{name}第{seq}号" if name else number


def _read() -> dict[str, str]:
    code = Concat("centre__code", Value("-"), Cast("year", CharField()))
    books = LedgerBook.objects.annotate(code=code).values_list("code", "printed_name")
    return {code.replace(".centre-", "-"): name for code, name in books}
