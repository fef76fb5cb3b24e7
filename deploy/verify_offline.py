#!/usr/bin/env python3
"""Checks a ledger written by `manage.py export_ledger` without the system that wrote it.

    python3 verify_offline.py ledger.jsonl[.gz] [--key BASE64] [--witness seals.log]

Needs Python 3.11 and nothing else; signatures are checked when the `cryptography` package is there, otherwise
it says that they were not. Compare the public key with the one the county has published, or give it as --key.
With --witness, a copy of the county's seals.log or a part of it, every seal named there must be in the file.
Ends with 0 when everything fits, with 1 when something does not, with 2 when the file cannot be read.
Facts judged rows hold (deadlines, warnings, appointments) are not in the file; only their sealed hash is.
"""

import argparse
import gzip
import hashlib
import json
import sys
from base64 import b64decode
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    CAN_CHECK_SIGNATURES = True
except ImportError:
    CAN_CHECK_SIGNATURES = False

Row = dict[str, Any]
GENESIS = "0" * 64
SHANGHAI = timedelta(hours=8)
SHOWN = 100


def entry_hash(previous: str, payload: str) -> str:
    return hashlib.sha256(f"{previous}\n{payload}".encode()).hexdigest()


def shanghai_day(moment: str, back: timedelta = timedelta(0)) -> str:
    """The day in Shanghai of a moment in UTC, so much earlier."""
    return (datetime.fromisoformat(moment) + SHANGHAI - back).date().isoformat()


def message_of(row: Row) -> str:
    """What a seal's signature covers."""
    if row.get("format", 1) == 1:
        return f"hejie-seal:1:{row['day']}:{row['count']}:{row['hash']}"
    parts = [str(row[name]) for name in ("serial", "day", "count", "hash", "facts", "fact_hash")]
    return ":".join(["hejie-seal:2", *parts, hashlib.sha256(row["late"].encode()).hexdigest()])


class Seal:
    """A day's digest, compared with the sealed one when the day's last entry has been read."""

    def __init__(self, row: Row) -> None:
        self.row, self.count = row, 0
        self.digest = hashlib.sha256(row["previous_hash"].encode())

    def add(self, digest: str) -> None:
        self.count += 1
        self.digest.update(f"\n{digest}".encode())

    def fits(self) -> bool:
        self.digest.update(f"\n{self.count}".encode())
        return (self.count, self.digest.hexdigest()) == (self.row["count"], self.row["hash"])


class Ledger:
    def __init__(self, key: str | None) -> None:
        self.key, self.faults, self.entries, self.unsealed = key, 0, 0, 0
        self.format, self.header, self.digest = 1, Row(), hashlib.sha256()
        self.heads: dict[str, tuple[int, str]] = {}
        self.early: dict[str, dict[int, Row]] = {}  # entries that stand before the one they follow
        self.seals: dict[str, Seal] = {}
        self.books: dict[tuple[str, int], tuple[int, set[int]]] = {}
        self.days: set[str] = set()
        self.last_seal: Row | None = None
        self.ended = False

    def fault(self, where: str, what: str) -> None:
        self.faults += 1
        if self.faults <= SHOWN:
            print(f"FAULT {where}: {what}")

    def read(self, line: str) -> None:
        row = json.loads(line)
        if self.ended:
            self.fault("file", "something follows its last line")
        getattr(self, f"read_{row['kind']}")(row)
        self.digest.update(line.encode())

    def read_header(self, row: Row) -> None:
        print(f"ledger of {row['made_at']}, format {row['format']}, public key {row['public_key']}")
        self.format, self.header = row["format"], row
        if self.format not in (1, 2):
            raise ValueError("this script checks formats 1 and 2")
        if self.format == 1:
            print("format 1: the file does not say how many seals it should have, nor is its end signed")
        if self.key not in (None, row["public_key"]):
            self.fault("header", "the public key is not the expected one")
        self.key = self.key or row["public_key"]

    def read_book(self, row: Row) -> None:
        self.books[(row["centre"], row["year"])] = (row["last_seq"], set())

    def read_seal(self, row: Row) -> None:
        before = self.last_seal
        if row["previous_hash"] != (before["hash"] if before else GENESIS):
            self.fault(row["day"], "the seal does not continue the one before")
        if before and datetime.fromisoformat(row["day"]) - datetime.fromisoformat(before["day"]) != timedelta(
            1
        ):
            self.fault(row["day"], "seals of days before it are missing")
        if not self.is_signed(message_of(row), row["signature"]):
            self.fault(row["day"], "the seal's signature is not by the public key")
        if row.get("late"):
            print(f"note: {row['day']} was sealed late: {row['late']}")
        self.seals[row["day"]], self.last_seal = Seal(row), row

    def is_signed(self, message: str, signature: str) -> bool:
        """True also when signatures cannot be checked here."""
        if not CAN_CHECK_SIGNATURES or self.key is None:
            return True
        try:
            public = Ed25519PublicKey.from_public_bytes(b64decode(self.key))
            public.verify(b64decode(signature), message.encode())
        except (InvalidSignature, ValueError):
            return False
        return True

    def read_entry(self, row: Row) -> None:
        """A clock put right may have left an entry before the one it follows: it waits for that one."""
        self.entries += 1
        payload = json.loads(row["payload"])
        number, seq = payload["dispute"], payload["seq"]
        if entry_hash(row["previous_hash"], row["payload"]) != row["hash"]:
            self.fault(f"{number} entry {seq}", "content and hash do not fit")
        if seq == 1:
            self.note_number(number)
        self.note_day(row)
        if seq != self.heads.get(number, (0, GENESIS))[0] + 1:
            self.early.setdefault(number, {})[seq] = row
            return
        self.continue_chain(number, seq, row)

    def continue_chain(self, number: str, seq: int, row: Row | None) -> None:
        while row is not None:
            if row["previous_hash"] != self.heads.get(number, (0, GENESIS))[1]:
                self.fault(f"{number} entry {seq}", "does not continue the entry before")
            self.heads[number] = (seq, row["hash"])
            seq += 1
            row = self.early.get(number, {}).pop(seq, None)

    def note_number(self, number: str) -> None:
        centre, year, seq = number.rsplit("-", 2)
        book = self.books.get((centre, int(year)))
        if book is None:
            self.fault(number, "its book is not in the file")
        else:
            book[1].add(int(seq))

    def note_day(self, row: Row) -> None:
        day = shanghai_day(row["recorded_at"])
        self.days.add(day)
        seal = self.seals.get(day)
        if seal is not None:
            seal.add(row["hash"])
        elif self.last_seal is None or day > self.last_seal["day"]:
            self.unsealed += 1
        else:
            self.fault(day, "holds an entry but was never sealed")

    def read_end(self, row: Row) -> None:
        self.ended = row["entries"] == self.entries
        if self.format == 1:
            return
        digest = self.digest.hexdigest()
        self.ended = self.ended and (row["seals"], row["sha256"]) == (len(self.seals), digest)
        message = f"hejie-export:2:{row['entries']}:{row['seals']}:{row['sha256']}"
        if not self.is_signed(message, row["signature"]):
            self.fault("file", "its end is not signed by the public key")

    def check_seals_are_there(self) -> None:
        """As many as the header names, up to its head, and up to the day before the file was made."""
        named = self.header.get("seal")
        if self.format > 1 and (self.header["seals"] != len(self.seals) or named != self.last_seal):
            self.fault("seals", f"the file names {self.header['seals']}, {len(self.seals)} are in it")
        made = shanghai_day(self.header["made_at"], back=timedelta(days=1, hours=2))
        first = min(self.days, default=made)
        last = self.last_seal["day"] if self.last_seal else ""
        if first <= made and last < made:
            self.fault(
                "seals", f"they end with {last or 'nothing'}, but {made} was over when the file was made"
            )

    def check_witness(self, lines: list[Row]) -> None:
        """Seals given up by a restore that the witness itself names need not be there."""
        seals: dict[int, Row] = {}
        for line in lines:
            if line["kind"] == "restored":
                print(f"note: an older state was put back on {line['at'][:10]}: {line['reason']}")
                seals = {serial: seal for serial, seal in seals.items() if serial <= line["serial"]}
            else:
                seals[line["serial"]] = line
        for line in seals.values():
            seal = self.seals.get(line["day"])
            if seal is None or any(
                seal.row.get(name) != line[name] for name in ("count", "hash", "signature")
            ):
                self.fault(
                    line["day"], f"the witness has seal {line['serial']} of this day, the file has not"
                )

    def finish(self) -> None:
        self.check_seals_are_there()
        for number, waiting in self.early.items():
            for seq in sorted(waiting):
                self.fault(f"{number} entry {seq}", "the entry before it is missing")
        for day, seal in self.seals.items():
            if not seal.fits():
                self.fault(
                    day, f"the day's {seal.count} entries are not the {seal.row['count']} that were sealed"
                )
        for (centre, year), (last, seen) in self.books.items():
            missing = [seq for seq in range(1, last + 1) if seq not in seen]
            for seq in missing[:SHOWN]:
                self.fault(f"{centre}-{year}-{seq:06d}", "this number has no registration")
        if not self.ended:
            self.fault("file", "it ends too early")


def lines_of(path: str) -> Iterator[str]:
    opened = gzip.open if path.endswith(".gz") else open
    with opened(path, "rt", encoding="utf-8", newline="\n") as lines:
        yield from lines


def main() -> int:
    parser = argparse.ArgumentParser(description="Checks an exported ledger without the system.")
    parser.add_argument("file")
    parser.add_argument("--key", help="the public key as the county has published it, base64")
    parser.add_argument("--witness", help="seals.log, or a part of it, as it was kept elsewhere")
    asked = parser.parse_args()
    ledger = Ledger(asked.key)
    try:
        for line in lines_of(asked.file):
            ledger.read(line)
        if asked.witness:
            ledger.check_witness([json.loads(line) for line in lines_of(asked.witness) if line.strip()])
        ledger.finish()
    except (OSError, EOFError, ValueError, KeyError, AttributeError) as error:
        print(f"the file cannot be read: {error!r}")
        return 2
    print(
        f"{ledger.entries} entries of {len(ledger.heads)} disputes, {len(ledger.seals)} seals, {ledger.faults} faults"
    )
    if ledger.unsealed:
        print(
            f"{ledger.unsealed} entries are not sealed yet: only the system's triggers and rights protect those"
        )
    if not CAN_CHECK_SIGNATURES and ledger.seals:
        print("signatures were NOT checked: the cryptography package is missing; hashes were")
    return 1 if ledger.faults else 0


if __name__ == "__main__":
    sys.exit(main())
