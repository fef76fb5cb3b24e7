"""Dispute numbers as people write them: `t01-2026-000123`, 〔2026〕青石镇第000123号, and 123 within one's own book."""

import re
import unicodedata
from dataclasses import dataclass

ASCII = re.compile(r"([a-z0-9_.]+)-(\d{4})-(\d{1,6})")
BARE = re.compile(r"(?:第\s*)?(\d{1,6})\s*号?")
WITH_CODE = re.compile(r"(.{1,60}?)[\s,，]+(\d{8})")
PRINTED = re.compile(r"[〔\[(【]\s*(\d{4})\s*[〕\])】]\s*(\S{1,40}?)\s*第?\s*(\d{1,6})\s*号?")


@dataclass(frozen=True)
class AsNumber:
    number: str


@dataclass(frozen=True)
class AsPrinted:
    year: int
    printed_name: str
    seq: int


@dataclass(frozen=True)
class InOwnBook:
    """The number alone: this year's case of the reader's own town. It may be a word of the text as well."""

    seq: int


def parse(typed: str) -> AsNumber | AsPrinted | InOwnBook | None:
    """What number was typed, leading zeros or not; None when it is words."""
    text = unicodedata.normalize("NFKC", typed).strip().lower()
    if found := ASCII.fullmatch(text):
        centre, year, seq = found.groups()
        return AsNumber(f"{centre}-{year}-{int(seq):06d}")
    if found := PRINTED.fullmatch(text):
        year, name, seq = found.groups()
        return AsPrinted(int(year), name, int(seq))
    if found := BARE.fullmatch(text):
        return InOwnBook(int(found[1]))
    return None


def with_code(typed: str) -> tuple[str, str] | None:
    """A number and the 8 figures of a receipt's query code after it, or None."""
    found = WITH_CODE.fullmatch(typed.strip())
    return (found[1], found[2]) if found and parse(found[1]) is not None else None
