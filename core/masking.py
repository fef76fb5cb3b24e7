"""How personal data looks where it is not needed in full."""


def name(value: str) -> str:
    """张** whatever the length, so that not even that is told."""
    return f"{value[0]}**" if value else ""


def id_number(value: str) -> str:
    """The first three and the last two characters."""
    return f"{value[:3]}{'*' * max(len(value) - 5, 4)}{value[-2:]}" if value else ""


def phone(value: str) -> str:
    """138****5678; short numbers keep their last two digits."""
    if len(value) >= 11:
        return f"{value[:3]}****{value[-4:]}"
    return f"****{value[-2:]}" if value else ""
