"""A variable a template names must be there: Django shows nothing for it, and nobody notices.

`string_if_invalid` is asked only where a value is to be shown or handed on: `{% if x %}` and `{% for %}` may ask for
what is not there, and so may whoever says what to show instead (`|default:…`). Templates of libraries are theirs.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.template import engines
from django.template.base import FilterExpression, VariableDoesNotExist

INSTEAD = {"default", "default_if_none"}
# shown while nothing is known of the request: the frame stands, and what depends on the person in it is empty
OF_NOBODY = {"400.html", "errors/400.html", "errors/413.html"}


class Missing(str):
    """Shown as nothing, as Django does; tells `found` each time a template asks for what is not there."""

    __slots__ = ("found", "ours")
    found: Callable[[str], None]
    ours: Path

    def __bool__(self) -> bool:
        frame = sys._getframe(1)
        if frame.f_code is FilterExpression.resolve.__code__:
            self._note(frame)
        return False

    def _note(self, frame: FrameType) -> None:
        asked, context = frame.f_locals["self"], frame.f_locals["context"]
        failed = sys.exception()
        if isinstance(failed, VariableDoesNotExist) and len(failed.params) > 1 and failed.params[1] is None:
            return  # what hangs on nothing is nothing: the seal's day where nothing is sealed yet
        filters = {given[0].__name__ for given in asked.filters}
        template = context.render_context.template or context.template
        origin = getattr(getattr(template, "origin", None), "name", "") or ""
        page = getattr(context.template, "name", "")
        if not filters & INSTEAD and origin.startswith(str(self.ours)) and page not in OF_NOBODY:
            self.found(f"{Path(origin).relative_to(self.ours)} for {page}: {{{{ {asked.token} }}}}")


@contextmanager
def told(found: Callable[[str], None]) -> Iterator[None]:
    """While it lasts `found` hears of each; a form's own templates go through the same engine."""
    engine, missing = engines["django"].engine, Missing("")
    missing.ours, missing.found = Path(settings.BASE_DIR) / "templates", found
    before, engine.string_if_invalid = engine.string_if_invalid, missing
    try:
        yield
    finally:
        engine.string_if_invalid = before
