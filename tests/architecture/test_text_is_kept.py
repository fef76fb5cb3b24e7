"""A form in which somebody writes sentences keeps them until they were taken, or says here why it need not."""

from __future__ import annotations

import re

from tests.architecture.sources import name_of, templates

FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL)
KEEPS = re.compile(r"data-keep|data-autosave-url")
WRITES = re.compile(r"<textarea|\{\{ *form *\}\}|components/form\.html|components/field\.html")
REASONS = {
    "templates/account/": "passwords and codes are never kept",
    "templates/mfa/": "passwords and codes are never kept",
    "templates/usersessions/": "nothing is written",
    "templates/core/gallery.html": "samples",
    "templates/classifier/policy.html": "trying a text out is no work to lose",
    "templates/disputes/reveal.html": "the reason for looking at a number is said each time",
    "templates/disputes/ledger_names.html": "a name somebody looked for is not kept",
    "templates/disputes/ledger_bulk.html": "its page is made of the chosen rows; there is no way back to it",
    "templates/coordination/meeting.html": "numbers chosen from a list",
    "templates/coordination/cases.html": "numbers chosen from a list",
    "templates/imports/imports.html": "a file",
    "templates/imports/check.html": "answers to choose from, and each stays with its import",
    "templates/administration/place_import": "a file",
    "templates/calendars/import": "a file",
    "templates/disputes/query_code.html": "a number and a code, which stays nowhere",
    "templates/first_start/": "nobody has an account yet; the answers of a step are kept when it is sent",
}


def test_every_form_with_sentences_keeps_them() -> None:
    forgetful = {
        name_of(path)
        for path in templates()
        for form in FORM.findall(path.read_text(encoding="utf-8"))
        if 'method="post"' in form and WRITES.search(form) and not KEEPS.search(form)
    }
    unexplained = {name for name in forgetful if not name.startswith(tuple(REASONS))}
    assert unexplained == set()


def test_every_reason_is_still_needed() -> None:
    names = [name_of(path) for path in templates()]
    assert [start for start in REASONS if not any(name.startswith(start) for name in names)] == []
