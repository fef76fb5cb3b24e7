"""Fields of our forms: texts that are cleaned instead of refused, and type-aheads."""

from typing import Any

from django import forms

from disputes.rules.intake import clean_text


class CleanText(forms.CharField):
    """NFC, without control characters; emoji stay. Nothing of that is worth an error message."""

    def __init__(self, *, lines: bool = False, **options: Any) -> None:
        self.lines = lines
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "", lines=self.lines)


class TypeAhead(forms.TextInput):
    """An input that combobox.js turns into a list fed by an address; without JavaScript code or name is typed."""

    def __init__(self, url: Any, **attrs: Any) -> None:  # a lazy address: the table of names is not read yet
        super().__init__({"data-combobox-url": url, "autocomplete": "off", **attrs})


class GroupedSelect(forms.Select):
    """A select by typing whose options show their group."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-combobox": "", **(attrs or {})})

    def optgroups(self, name: str, value: list[Any], attrs: dict[str, Any] | None = None) -> list[Any]:
        groups = super().optgroups(name, value, attrs)
        for group, options, _index in groups:
            for option in options:
                if group:
                    option["attrs"]["data-note"] = group
        return groups


class StatedDay(forms.DateField):
    """A day whose year the registration itself judges, with every other fact of it."""

    judged_later = True
