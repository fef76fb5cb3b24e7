"""Named errors of the domain. One middleware turns them into pages, one handler into problem details."""

from collections.abc import Mapping, Sequence


class DomainError(Exception):
    """What went wrong, in the user's language, and what to do next."""

    status = 400
    code = "error"

    def __init__(self, message: object = "", *, code: str = "") -> None:
        super().__init__(message)
        self.message = message
        if code:
            self.code = code

    def __str__(self) -> str:
        return str(self.message)


class InvalidInput(DomainError):
    """Messages by field; the key `__all__` is for what concerns the whole form."""

    code = "invalid"

    def __init__(self, errors: Mapping[str, Sequence[object]]) -> None:
        super().__init__("; ".join(str(m) for messages in errors.values() for m in messages))
        self.errors = {field: list(messages) for field, messages in errors.items()}


class NotPermitted(DomainError):
    """In sight but not allowed: 403."""

    status = 403
    code = "not_permitted"


class NotFound(DomainError):
    """Out of sight or not there, which is the same answer: 404."""

    status = 404
    code = "not_found"


class Conflict(DomainError):
    """The request no longer fits what is there: 409."""

    status = 409
    code = "conflict"


class WrongState(Conflict):
    code = "wrong_state"


class StaleVersion(Conflict):
    """Somebody else acted first; the message says who and what."""

    code = "stale_version"


class KeyReused(Conflict):
    """An Idempotency-Key came back with another body."""

    code = "key_reused"
