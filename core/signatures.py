"""Ed25519 with SEAL_KEY, which lies outside the database: who rewrites the database cannot sign."""

from base64 import b64decode, b64encode
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings


@lru_cache(maxsize=2)
def _private(seed: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(b64decode(seed))


def sign(message: str) -> str:
    """The signature, base64."""
    return b64encode(_private(settings.SEAL_KEY).sign(message.encode())).decode()


def public_key() -> str:
    """The public half of SEAL_KEY, base64; it goes into every export."""
    return b64encode(_private(settings.SEAL_KEY).public_key().public_bytes_raw()).decode()


def is_signed(message: str, signature: str, key: str) -> bool:
    """Whether the owner of that public key signed the message."""
    try:
        Ed25519PublicKey.from_public_bytes(b64decode(key)).verify(b64decode(signature), message.encode())
    except (InvalidSignature, ValueError):
        return False
    return True
