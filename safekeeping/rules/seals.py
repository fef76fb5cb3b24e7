"""What a day's seal covers: pure functions over bytes. The offline verifier writes the same down again."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from disputes.rules.chain import GENESIS

# 1 covers the entries only; 2 also the recorded facts, the serial number and a late seal's why
SEAL_FORMAT = 2


class SealDigest:
    """SHA-256 over the previous seal, a day's entry hashes in the order they were recorded, and their count."""

    def __init__(self, previous: str) -> None:
        self.count = 0
        self._digest = hashlib.sha256(previous.encode())

    def add(self, entry: str) -> None:
        self.count += 1
        self._digest.update(f"\n{entry}".encode())

    def hexdigest(self) -> str:
        """Of what was added so far; adding may go on."""
        whole = self._digest.copy()
        whole.update(f"\n{self.count}".encode())
        return whole.hexdigest()


@dataclass(frozen=True, kw_only=True)
class Head:
    """What a seal says, as it stands in the database, in the witness file and in every export."""

    format: int
    serial: int  # 1, 2, 3 …; of format 1, its place among the seals
    day: date
    count: int  # trail entries the day recorded
    hash: str
    previous_hash: str
    facts: int = 0  # records of judged rows since the seal before
    fact_hash: str = ""
    late: str = ""  # why it was made later than the day after; empty: in time
    signature: str = ""
    public_key: str = ""

    def message(self) -> str:
        """What the signature covers."""
        if self.format == 1:
            return seal_message(self.day, self.count, self.hash)
        parts = (self.serial, self.day.isoformat(), self.count, self.hash, self.facts, self.fact_hash)
        return ":".join(("hejie-seal:2", *map(str, parts), hashlib.sha256(self.late.encode()).hexdigest()))


def seal_message(day: date, count: int, digest: str) -> str:
    """What the signature of a seal of format 1 covers."""
    return f"hejie-seal:1:{day.isoformat()}:{count}:{digest}"


def fact_digest(previous: str, blocks: Iterable[tuple[int, str]]) -> tuple[int, str]:
    """Count, and SHA-256 over the previous fact digest and the (count, hash) of each block of records."""
    total, digest = 0, hashlib.sha256((previous or GENESIS).encode())
    for count, block in blocks:
        total += count
        digest.update(f"\n{count}:{block}".encode())
    digest.update(f"\n{total}".encode())
    return total, digest.hexdigest()
