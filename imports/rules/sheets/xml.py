"""XML of office files, piece by piece: no entities, no document types, nothing kept that is not asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol
from xml.parsers import expat

from imports.rules.sheets.told import FileFault, Unreadable

PIECE = 1024 * 1024  # a long comment is looked at again with every piece
DEEPEST = 100


class Stream(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Handler:
    """Gets the elements by their local names; namespaces differ between kinds of the same format."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, said: str) -> None: ...


def parse(stream: Stream, handler: Handler) -> None:
    """Raises Unreadable when it is no XML, or declares entities."""
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise Unreadable(FileFault.BROKEN)
        handler.start(_local(name), attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(_local(name))

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        while piece := stream.read(PIECE):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise Unreadable(FileFault.BROKEN) from None


def _refuse(*_given: object) -> None:
    raise Unreadable(FileFault.BROKEN)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def attribute(attributes: dict[str, str], name: str) -> str:
    """By local name: r:id and id are the same."""
    for key, value in attributes.items():
        if _local(key) == name:
            return value
    return ""


class Elements(Handler):
    """Calls one function for each start of an element; enough for parts that say everything in attributes."""

    def __init__(self, seen: Callable[[str, dict[str, str]], None]) -> None:
        self._seen = seen

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._seen(name, attributes)
