"""What a form does to its own fields stays with it, though it shares the choices of its class."""

from typing import Any

from django import forms

from core.forms import Form


class Pair(forms.MultiValueField):
    """A kind that says itself how it is copied."""

    widget = forms.MultiWidget([forms.TextInput, forms.TextInput])

    def __init__(self, **options: Any) -> None:
        super().__init__([forms.CharField(), forms.CharField()], **options)

    def compress(self, data_list: Any) -> Any:
        return data_list


class Asked(Form):
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], required=False)
    town = forms.MultipleChoiceField(choices=[], required=False)
    day = forms.DateField(required=False)
    words = forms.CharField(max_length=5)
    pair = Pair(required=False)


def test_no_form_changes_another() -> None:
    first, untouched = Asked(), Asked()
    kind: Any = first.fields["kind"]
    kind.choices = [("c", "C")]
    kind.widget.attrs["data-x"] = "1"
    first.fields["words"].error_messages["required"] = "!"
    first.fields["words"].validators.clear()
    first.fields["words"].required = False
    first.fields["words"].initial = "x"
    pair: Any = first.fields["pair"]
    pair.widget.widgets[0].attrs["data-x"] = "1"
    pair.fields[0].disabled = True
    del first.fields["day"]
    for other in (untouched, Asked()):
        fields: Any = other.fields
        assert list(fields) == ["kind", "town", "day", "words", "pair"]
        assert fields["kind"].choices == fields["kind"].widget.choices == [("a", "A"), ("b", "B")]
        assert fields["kind"].widget.attrs == {}
        assert fields["words"].error_messages["required"] != "!"
        assert fields["words"].required
        assert fields["words"].initial is None
        assert "data-x" not in fields["pair"].widget.widgets[0].attrs
        assert not fields["pair"].fields[0].disabled
        assert other.fields["kind"] is not Asked.base_fields["kind"]


def test_a_form_goes_by_its_own_choices() -> None:
    one, other = Asked({"kind": "c", "words": "w"}), Asked({"kind": "c", "words": "w"})
    kind: Any = one.fields["kind"]
    kind.choices = [("c", "C")]
    assert one.is_valid()
    assert set(other.errors) == {"kind"}
    assert set(Asked({"kind": "a", "words": "too long"}).errors) == {"words"}
