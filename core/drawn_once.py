"""What is the same on every page in one language: drawn once by a process, by `{% once %}…{% endonce %}`.

It is drawn without anything of the page, so nothing of a reader can get into it: a variable in there is empty for all.
"""

from __future__ import annotations

from django import template
from django.conf import settings
from django.template import Context
from django.template.base import NodeList, Parser, Token
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

Under = tuple[str | None, str, str]


class Once(template.Node):
    """Remembers what it drew by language and by what addresses depend on."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist
        self.drawn: dict[Under, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        under = (get_language(), get_script_prefix(), settings.ROOT_URLCONF)
        if under not in self.drawn:
            bare = Context()
            bare.render_context.template = context.render_context.template
            with bare.bind_template(context.template):  # type: ignore[arg-type]  # the same
                self.drawn[under] = self.nodelist.render(bare)
        return self.drawn[under]


def once(parser: Parser, _token: Token) -> Once:
    """`{% once %}…{% endonce %}`: what depends on the language alone."""
    nodelist = parser.parse(("endonce",))
    parser.delete_first_token()
    return Once(nodelist)
