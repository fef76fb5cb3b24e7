from django.utils import translation
from django.utils.translation import gettext as _

from core.wording import with_aside


def test_what_is_said_beside_a_name_stands_in_translatable_brackets() -> None:
    assert with_aside("青石镇司法所", "t01.justice") == "青石镇司法所（t01.justice）"
    with translation.override("en"):
        pattern = _("%(name)s（%(aside)s）")
        assert with_aside("a", "b") == pattern % {"name": "a", "aside": "b"}
