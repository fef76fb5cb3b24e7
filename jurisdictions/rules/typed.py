"""What somebody means while typing the name of a page or a unit."""

from jurisdictions.rules.pinyin import initials

SHORTEST_INITIALS = 2


def may_be_initials(typed: str) -> bool:
    """rsj, qszzzzx: at least two plain letters and nothing else."""
    return len(typed) >= SHORTEST_INITIALS and typed.isascii() and typed.isalpha()


def means(typed: str, name: str) -> bool:
    """A part of the name, in capitals or small letters, or of its pinyin initials; nothing typed means every name."""
    small = typed.casefold()
    return small in name.casefold() or (may_be_initials(typed) and small in initials(name))
