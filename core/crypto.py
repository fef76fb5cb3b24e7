"""Field encryption and keyed hashes. FIELD_KEYS rotate; SEARCH_KEY does not."""

import hashlib
import hmac
import re
import unicodedata
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

__all__ = ["InvalidToken", "decrypt", "encrypt", "needs_rotation", "normalise", "rotate", "search_hash"]


@lru_cache(maxsize=4)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def _current() -> MultiFernet:
    return _fernet(tuple(settings.FIELD_KEYS))


def encrypt(text: str) -> str:
    return _current().encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """Raises InvalidToken when none of FIELD_KEYS made the token."""
    return _current().decrypt(token.encode()).decode()


def encrypt_bytes(data: bytes) -> bytes:
    return _current().encrypt(data)


def decrypt_bytes(token: bytes) -> bytes:
    return _current().decrypt(token)


def rotate(token: str) -> str:
    """The same text under the newest key."""
    return _current().rotate(token.encode()).decode()


def needs_rotation(token: str) -> bool:
    try:
        Fernet(settings.FIELD_KEYS[0]).decrypt(token.encode())
    except InvalidToken:
        return True
    return False


def normalise(value: str) -> str:
    """NFKC, no white space, upper case, a leading +86 dropped: one spelling for one value."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", value)).upper()
    return text.removeprefix("+86")


def search_hash(field: str, value: str) -> str:
    """HMAC-SHA256 over field name and normalised value, hex. Equal values meet, nothing is revealed."""
    message = f"{field}:{normalise(value)}".encode()
    return hmac.new(settings.SEARCH_KEY.encode(), message, hashlib.sha256).hexdigest()
