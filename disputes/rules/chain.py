"""The ledger's hash chain: pure functions over bytes. The offline verifier writes the same down again."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

FORMAT = 1
GENESIS = "0" * 64


def canonical(payload: Mapping[str, Any]) -> str:
    """The exact text that is hashed and stored: sorted keys, no spaces, UTF-8 kept readable, integers only."""
    return json.dumps(payload, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def utc_micros(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def entry_hash(previous: str, payload_text: str) -> str:
    """SHA-256 over the previous hash and the payload's bytes, hex."""
    return hashlib.sha256(f"{previous}\n{payload_text}".encode()).hexdigest()


def text_hash(salt: str, text: str) -> str:
    """What the payload keeps of a text: erasing text and salt makes it unknowable, the chain stays whole."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()
