#!/usr/bin/env python3
"""Checks a ledger written by `manage.py export_ledger` without the system that wrote it.

    python3 verify_offline.py ledger.jsonl[.gz] [--key BASE64]

Needs Python 3.11 and nothing else; signatures are checked when the `cryptography` package is there, otherwise
it says that they were not. Compare the public key with the one the county has published, or give it as --key.
Ends with 0 when everything fits, with 1 when something does not, with 2 when the file cannot be read.
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
        self.heads: dict[str, tuple[int, str]] = {}
        self.seals: dict[str, Seal] = {}
        self.books: dict[tuple[str, int], tuple[int, set[int]]] = {}
        self.last_seal: Row | None = None
        self.ended = False

    def fault(self, where: str, what: str) -> None:
        self.faults += 1
        if self.faults <= SHOWN:
            print(f"FAULT {where}: {what}")

    def read(self, row: Row) -> None:
        getattr(self, f"read_{row['kind']}")(row)

    def read_header(self, row: Row) -> None:
        print(f"ledger of {row['made_at']}, format {row['format']}, public key {row['public_key']}")
        if row["format"] != 1:
            raise ValueError("this script checks format 1")
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
        self.check_signature(row)
        self.seals[row["day"]], self.last_seal = Seal(row), row

    def check_signature(self, row: Row) -> None:
        if not CAN_CHECK_SIGNATURES or self.key is None:
            return
        message = f"hejie-seal:1:{row['day']}:{row['count']}:{row['hash']}"
        try:
            Ed25519PublicKey.from_public_bytes(b64decode(self.key)).verify(
                b64decode(row["signature"]), message.encode()
            )
        except (InvalidSignature, ValueError):
            self.fault(row["day"], "the seal's signature is not by the public key")

    def read_entry(self, row: Row) -> None:
        self.entries += 1
        payload = json.loads(row["payload"])
        number, seq = payload["dispute"], payload["seq"]
        last_seq, last_hash = self.heads.get(number, (0, GENESIS))
        where = f"{number} entry {seq}"
        if seq != last_seq + 1:
            self.fault(where, f"follows entry {last_seq}")
        elif row["previous_hash"] != last_hash:
            self.fault(where, "does not continue the entry before")
        if entry_hash(row["previous_hash"], row["payload"]) != row["hash"]:
            self.fault(where, "content and hash do not fit")
        self.heads[number] = (seq, row["hash"])
        if seq == 1:
            self.note_number(number)
        self.note_day(row)

    def note_number(self, number: str) -> None:
        centre, year, seq = number.rsplit("-", 2)
        book = self.books.get((centre, int(year)))
        if book is None:
            self.fault(number, "its book is not in the file")
        else:
            book[1].add(int(seq))

    def note_day(self, row: Row) -> None:
        day = (datetime.fromisoformat(row["recorded_at"]) + SHANGHAI).date().isoformat()
        seal = self.seals.get(day)
        if seal is not None:
            seal.add(row["hash"])
        elif self.last_seal is None or day > self.last_seal["day"]:
            self.unsealed += 1
        else:
            self.fault(day, "holds an entry but was never sealed")

    def read_end(self, row: Row) -> None:
        self.ended = row["entries"] == self.entries

    def finish(self) -> None:
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


def rows_of(path: str) -> Iterator[Row]:
    opened = gzip.open if path.endswith(".gz") else open
    with opened(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def main() -> int:
    parser = argparse.ArgumentParser(description="Checks an exported ledger without the system.")
    parser.add_argument("file")
    parser.add_argument("--key", help="the public key as the county has published it, base64")
    asked = parser.parse_args()
    ledger = Ledger(asked.key)
    try:
        for row in rows_of(asked.file):
            ledger.read(row)
    except (OSError, EOFError, ValueError, KeyError, AttributeError) as error:
        print(f"the file cannot be read: {error!r}")
        return 2
    ledger.finish()
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
