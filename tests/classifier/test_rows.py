"""A policy document as rows: edited one at a time, compared row by row."""

import pytest

from classifier.forms import FORMS
from classifier.rules import default_document, policy_rows, shape
from classifier.rules.faults import PolicyFault
from classifier.wording import FAULTS, PEOPLE, REACHES, SECTIONS, TABLE_ROWS, TOGETHER, fault_words

DOCUMENT = default_document()
ROWS = [(section, row) for section in ("indicators", "traps", "rules") for row in DOCUMENT[section]]


@pytest.mark.parametrize(
    ("section", "row"), ROWS, ids=lambda part: str(part)[:20] if isinstance(part, str) else part["id"]
)
def test_a_row_of_the_shipped_policy_survives_being_saved_unchanged(section, row):
    shown = FORMS[section](document=DOCUMENT, initial=row, present=True)
    values = {name: field.prepare_value(row.get(name)) for name, field in shown.fields.items()}
    typed = {name: value for name, value in values.items() if value not in (None, False)}
    form = FORMS[section](typed, document=DOCUMENT, initial=row, present=True)
    assert form.is_valid(), form.errors
    assert form.row() == {name: value for name, value in row.items() if value is not False}


def test_the_forms_know_every_value_a_document_may_hold():
    assert set(PEOPLE) == set(shape.PEOPLE)
    assert set(REACHES) == set(shape.REACHES)
    assert set(TOGETHER) == set(shape.TOGETHER)
    assert set(SECTIONS) == set(shape.TOP) - {"version"}
    people = {*shape.PEOPLE_FIELDS, *shape.MORE_PEOPLE_FIELDS}
    assert set(TABLE_ROWS) == people | set(DOCUMENT["words"]) | set(shape.SECTIONS["thresholds"])
    for section, form in FORMS.items():
        if section in shape.ENTRIES:
            assert set(form.base_fields) == {*shape.ENTRIES[section], *shape.OPTIONAL[section]}


def test_a_document_does_not_differ_from_itself():
    assert policy_rows.changes(DOCUMENT, default_document()) == []


def test_a_changed_row_tells_which_lines_went_and_came():
    row = DOCUMENT["indicators"][0]
    edited = policy_rows.with_row(
        DOCUMENT, "indicators", row["id"], row | {"patterns": [*row["patterns"][1:], "新的说法"]}
    )
    (change,) = policy_rows.changes(DOCUMENT, edited)
    assert (change.kind, change.label) == ("changed", row["label"])
    assert change.edits == (policy_rows.Edit("patterns", (row["patterns"][0],), ("新的说法",)),)


def test_added_and_removed_rows_are_told_apart():
    row = {"id": "new", "label": "新线索", "patterns": ["新的说法"]}
    added = policy_rows.with_row(DOCUMENT, "indicators", "new", row)
    assert [change.kind for change in policy_rows.changes(DOCUMENT, added)] == ["added"]
    assert [change.kind for change in policy_rows.changes(added, DOCUMENT)] == ["removed"]
    assert policy_rows.changes(DOCUMENT, policy_rows.without_row(added, "indicators", "new")) == []


def test_the_original_is_never_touched_by_an_edit():
    name = next(iter(DOCUMENT["words"]))
    policy_rows.with_row(DOCUMENT, "words", name, {"id": name, "lines": ["别的"]})
    assert default_document() == DOCUMENT


def test_every_fault_has_a_sentence():
    codes = (PolicyFault.__doc__ or "").split("Codes:")[1].replace(".", "").split()
    assert {code.strip("`") for code in codes} == set(FAULTS)


def test_a_fault_names_the_rule_by_its_label():
    rule = DOCUMENT["rules"][0]
    words = fault_words(PolicyFault(rule["id"], "missing_field", "level"), DOCUMENT)
    assert words == f"“{rule['label']}”：缺少“定为”。"
