"""What the child of `core.confined` is asked to do in its tests."""

import os
import time


def reverse(payload: bytes) -> bytes:
    print("a library that talks")
    return payload[::-1]


def sleep(_payload: bytes) -> bytes:
    time.sleep(60)
    return b""


def swell(_payload: bytes) -> bytes:
    return b"x" * (1 << 30)


def fail(_payload: bytes) -> bytes:
    raise ValueError("not a picture")


def die(_payload: bytes) -> bytes:
    os.abort()


def environment(_payload: bytes) -> bytes:
    return "\n".join(sorted(os.environ)).encode()


def mark(payload: bytes) -> bytes:
    """Appends when it began and when it ended to the file that is named."""
    began = time.monotonic()
    time.sleep(0.2)
    with open(payload.decode(), "a") as log:
        log.write(f"{began} {time.monotonic()}\n")
    return b""
