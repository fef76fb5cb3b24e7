"""Dispute numbers as people write them: `t01-2026-000123` and 〔2026〕青石镇第000123号."""

import re
import unicodedata
from dataclasses import dataclass

ASCII = re.compile(r"([a-z0-9_.]+)-(\d{4})-(\d{1,6})")
PRINTED = re.compile(r"[〔\[(【]\s*(\d{4})\s*[〕\])】]\s*(\S{1,40}?)\s*第?\s*(\d{1,6})\s*号?")


@dataclass(frozen=True)
class AsNumber:
    number: str


@dataclass(frozen=True)
class AsPrinted:
    year: int
    printed_name: str
    seq: int


def parse(typed: str) -> AsNumber | AsPrinted | None:
    """What number was typed, leading zeros or not; None when it is words."""
    text = unicodedata.normalize("NFKC", typed).strip().lower()
    if found := ASCII.fullmatch(text):
        centre, year, seq = found.groups()
        return AsNumber(f"{centre}-{year}-{int(seq):06d}")
    if found := PRINTED.fullmatch(text):
        year, name, seq = found.groups()
        return AsPrinted(int(year), name, int(seq))
    return None
