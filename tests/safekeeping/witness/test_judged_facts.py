"""Every fact officials are judged by, changed in the database with the triggers off: found, at its row.

The list below is the oracle: one line for each change, written from the columns of the tables, not from the check.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from audit import comparing, recording
from disputes.models import Dispute
from safekeeping.services import verify
from tests.safekeeping.witness.conftest import Tamper

ORG, POST = "(SELECT max(id) FROM jurisdictions_organization)", "(SELECT max(id) FROM jurisdictions_post)"
USER, PERSON = "(SELECT max(id) FROM accounts_user)", "(SELECT max(id) FROM accounts_appointment)"
LATER = "+ interval '10 days'"
DELETE, INSERT = "DELETE", "INSERT"

OF_DISPUTE: dict[str, tuple[str, ...]] = {
    "disputes_dispute": (
        "settled_on_time = true", f"resolve_by = resolve_by {LATER}", f"next_due_at = next_due_at {LATER}",
        f"lead_unit_id = {ORG}", f"responsible_leader_id = {POST}", f"responsible_person_id = {PERSON}",
        "warning_level = 0", "danger = false", "barred_keys = '{}'", "access_keys = '{}'",
        "confidentiality = 'restricted'", "suspended = true", f"accepted_at = accepted_at {LATER}",
        f"registered_at = registered_at {LATER}", "submitted_at = now()", "settled_at = now()",
        "category_id = (SELECT max(id) FROM disputes_disputecategory)", "source = 'hotline'",
        "people_count = 1", "amount_fen = 1", f"received_by_id = {ORG}", f"managing_org_id = {ORG}",
        f"registered_by_id = {PERSON}", "place_code = '369900000000'", "unit_name = '某厂'",
        "danger_told = '没有报告'", "danger_told_at = now()", "title = '另一件事'", "narrative = '没有这回事'",
        "reported_outcome = 'settled'", "result_summary = '已化解'", "revisited_at = now()", "closed_at = now()",
        f"waiting_org_id = {ORG}", "status = 'accepted'", f"county_due_at = county_due_at {LATER}",
        f"handed_down_by_id = {ORG}", "handed_town_id = (SELECT max(id) FROM jurisdictions_place)",
    ),
    "disputes_party": (
        "role = 'respondent'", "head_count = 50", "name = ''", "name_hash = 'x'", "phone = ''", "phone_hash = ''",
        "address = 'x'", f"organization_id = {ORG}", DELETE,
    ),
    "disputes_origin": (
        "sender = '别的单位'", "number = 'x'", "received_on = '2026-03-01'", f"due_at = due_at {LATER}", DELETE,
        "answer_wanted = false", "answered_on = '2026-03-02', answered_at = now(), answered_way = 'paper'",
    ),
    "disputes_conflictmark": (
        f"organization_id = {ORG}", f"marked_by_id = {USER}", f"marked_at = marked_at {LATER}", DELETE, INSERT,
    ),
    "disputes_restrictionquestion": (
        "grounds = '{home}'", f"asked_at = asked_at {LATER}", f"answered_by_id = {PERSON}", DELETE,
        f"answered_at = answered_at {LATER}", "answer = 'yes'",
        "answer = '', answered_by_id = NULL, answered_at = NULL",
    ),
    "disputes_handing": (
        "due_at = due_at + interval '10 days'", f"to_centre_id = {ORG}", f"handed_by_id = {PERSON}", DELETE,
        f"handed_at = handed_at {LATER}", "ended_at = now(), ended_by_step = 'accept_report'",
    ),
    "disputes_notresolved": (
        "routes = '{litigation}'", "told_on = told_on + 1", "told_way = 'phone'", "chosen = 'litigation'",
        "answer = 'elsewhere'", f"answered_by_id = {PERSON}", f"answered_at = answered_at {LATER}",
        f"found_at = found_at {LATER}", "reported_on = reported_on - 1", "ended_by_step = 'close'", DELETE,
    ),
    "disputes_assignment": (
        f"lead_unit_id = {ORG}", f"person_id = {PERSON}", f"assigned_by_id = {PERSON}",
        f"assigned_at = assigned_at {LATER}", f"signed_at = signed_at {LATER}",
        "ended_at = now(), ended_by_step = 'withdraw'", "by_final_word = true", DELETE,
    ),
    "disputes_assignment_co_units": (f"organization_id = {ORG}", DELETE),
    "disputes_steprequest": (
        "days = 50", f"asked_at = asked_at {LATER}", f"asked_by_id = {PERSON}", f"decided_by_id = {PERSON}",
        "granted = false", "voided_at = now()", "reason = ''", DELETE,
    ),
    "disputes_accessgrant": (
        "key = 999999", "reason = 'leader'", f"starts_at = starts_at {LATER}", "ends_at = now()",
        "trail_until = now()", DELETE, INSERT,
    ),
    "disputes_attachment": ("name = '别的.pdf'", "sha256 = 'c'", "size = 1", f"uploaded_by_id = {PERSON}", DELETE),
    "disputes_trailentry": ("hash = 'd'", DELETE),
    "calendars_deadline": (
        f"due_at = due_at {LATER}", f"starts_at = starts_at {LATER}", "met_at = NULL", f"met_at = met_at {LATER}",
        "missed_at = due_at, missed_due_at = due_at", "rule = '{}'", "kind = 'revisit'", "paused = true", DELETE,
        "latest_at = '2030-01-01'",
    ),
    "calendars_deadlineadjustment": (
        "\"limit\" = 50", "decided_by = '别人'", f"decided_at = decided_at {LATER}", f"due_after = due_after {LATER}",
        DELETE,
    ),
    "early_warning_disputewarning": (
        "level = 3", "state = 'lifted', lifted_at = now()", f"opened_at = opened_at {LATER}",
        "happening = true, level = 1",
        f"confirmed_at = now(), confirmed_by_id = {PERSON}",
    ),
    "early_warning_levelrequest": (
        "level_to = 0", f"consent_of_id = {POST}", f"asked_by_id = {PERSON}", "granted = true, decided_at = now()",
        "reason = ''", DELETE,
    ),
    "early_warning_escalation": (
        f"acknowledged_at = notified_at {LATER}, acknowledged_by_id = addressee_id", f"due_at = due_at {LATER}",
        "notified_at = notified_at - interval '1 hour'", f"addressee_id = {USER}", f"holder_id = {PERSON}",
        f"post_id = {POST}", "level = 3", "outcome = 'risk_removed', ended_at = now()", "step = 9", "account = 'x'",
        DELETE,
    ),
    "early_warning_instruction": (f"given_by_id = {USER}", f"given_at = given_at {LATER}", "text = 'x'", DELETE),
    "responsibility_responsibility": (
        "rule = 'x'", f"post_id = {POST}", "overridden = true", "ends_at = now()", DELETE,
    ),
    "early_warning_importedlevel": (
        "level = 1", f"proposed_at = proposed_at {LATER}", "reason = 'x'",
        f"level_to = 0, decided_at = now(), decided_by_id = {PERSON}", DELETE,
    ),
    "early_warning_reading": ("level = 3", "danger = true", DELETE),
}  # fmt: skip
STANDING: dict[str, tuple[str, ...]] = {
    "audit_accessevent": (
        "actor_label = '别人'", f"at = at {LATER}", "action = 'printed'", "target_id = '999'", "reason = '工作需要'",
        "details = '{}'", "user_id = 1", DELETE, INSERT,
    ),
    "accounts_user": ("is_active = false", "is_superuser = true", "name = '别人'", INSERT),
    "accounts_appointment": (
        f"user_id = {USER}", f"post_id = {POST}", "starts_on = starts_on - 30", "ends_on = starts_on + 9000",
        "is_default = NOT is_default", DELETE, INSERT,
    ),
    "accounts_delegation": (f"ends_at = ends_at {LATER}", f"stand_in_id = {USER}", "ended_early_at = now()", DELETE),
    "accounts_apitoken": (f"expires_at = expires_at {LATER}", f"appointment_id = {PERSON}", "digest = 'e'", DELETE),
    "accounts_calendarfeed": ("digest = 'e'", f"user_id = {USER}", "revoked_at = now()", DELETE),
    "jurisdictions_post": ("role = 'auditor', title = 'x'", "is_active = false",
                           f"organization_id = {ORG}, title = 'y'"),
    "jurisdictions_organization": ("parent_id = id", "vertically_managed = true", "name = '别的单位'"),
    "calendars_calendarday": ("is_workday = NOT is_workday", "name = '别的节日'", "source = '别的依据'", DELETE),
    "calendars_calendaryear": ("source = '别的依据'", f"loaded_at = loaded_at {LATER}", DELETE),
    "calendars_deadlinerule": ("\"limit\" = 900", "source = '别的依据'", DELETE),
    "calendars_statutoryday": ("name = '别的节日'", "source = '别的依据'", "date = date + 400", DELETE),
    "safekeeping_retentionrule": ("years = 1", DELETE),
    "classifier_warningpolicy": ("document = '{}'", "state = 'withdrawn'"),
}  # fmt: skip
OF = "IN (SELECT id FROM %s WHERE dispute_id = %%(d)s)"
OWNERS = {
    "calendars_deadline": "subject_id = %(d)s",
    "calendars_deadlineadjustment": "deadline_id IN (SELECT id FROM calendars_deadline WHERE subject_id = %(d)s)",
    "disputes_dispute": "id = %(d)s",
    "disputes_assignment_co_units": f"assignment_id {OF % 'disputes_assignment'}",
    "early_warning_levelrequest": f"warning_id {OF % 'early_warning_disputewarning'}",
    "early_warning_instruction": f"escalation_id {OF % 'early_warning_escalation'}",
}


class _Undo(Exception):
    pass


def _changed(table: str, change: str, where: str, tamper: Tamper) -> int:
    """Makes the change in one row; its id. An inserted row is a copy of another."""
    order = "met_at NULLS LAST, id" if table == "calendars_deadline" else "id"
    if change.startswith("acknowledged_at") or change.startswith("paused"):
        order = "id DESC"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table} WHERE {where} ORDER BY {order} LIMIT 1")
        (row_id,) = cursor.fetchone()
        if change == INSERT:
            return _copied(table, row_id, tamper)
    what = f"DELETE FROM {table}" if change == DELETE else f"UPDATE {table} SET {change}"
    tamper(f"{what} WHERE id = {row_id}")
    return int(row_id)


def _copied(table: str, row_id: int, tamper: Tamper) -> int:
    new = row_id + 100_000
    unique = {"accounts_user": {"username": "x"}, "disputes_accessgrant": {"key": 7_777}}.get(table, {})
    unique |= {"ends_on": "2040-01-01"} if table == "accounts_appointment" else {}
    record = ", ".join(f"'{name}', '{value}'" for name, value in {"id": new, **unique}.items())
    tamper(
        f"INSERT INTO {table} SELECT (jsonb_populate_record(t, jsonb_build_object({record}))).* FROM {table} t"
        f" WHERE id = {row_id}"
    )
    return new


def _rows_at_fault(dispute: Dispute | None) -> set[str]:
    if dispute is not None:
        return {fault.row for fault in verify.verify_dispute(dispute.pk).faults}
    return {
        f"{fault.kind} {fault.row_id}" for found in comparing.of_standing_rows() for fault in found.faults
    }


def _unseen(changes: dict[str, tuple[str, ...]], dispute: Dispute | None, tamper: Tamper) -> Iterator[str]:
    """Each change by itself, taken back afterwards; those whose row the verification does not name alone."""
    for table, made in changes.items():
        where = OWNERS.get(table, "dispute_id = %(d)s") % {"d": dispute.pk} if dispute else "true"
        for change in made:
            try:
                with transaction.atomic():
                    row_id = _changed(table, change, where, tamper)
                    if f"{table} {row_id}" not in _rows_at_fault(dispute):
                        yield f"{table} {change}"
                    raise _Undo
            except _Undo:
                pass


def test_the_list_is_long_enough_and_names_every_recorded_table() -> None:
    assert sum(map(len, (*OF_DISPUTE.values(), *STANDING.values()))) >= 64
    rare = {
        "coordination_coordinationdecision", "disputes_dispatchcatalogue", "coordination_meetingcase",
        "coordination_reviewitem",
        "responsibility_caseleader", "responsibility_entrustmentletter", "early_warning_incidentrecord",
        "early_warning_phonetask",
    }  # fmt: skip
    assert set(comparing.recorded_tables()) - rare == {*OF_DISPUTE, *STANDING}


def test_every_changed_fact_of_a_dispute_is_found_at_its_row(full: Dispute, tamper: Tamper) -> None:
    assert _rows_at_fault(full) == set()
    assert list(_unseen(OF_DISPUTE, full, tamper)) == []


def test_every_changed_row_that_gives_rights_or_tells_who_looked_is_found(
    full: Dispute, tamper: Tamper
) -> None:
    assert _rows_at_fault(None) == set()
    assert list(_unseen(STANDING, None, tamper)) == []


def test_what_is_encrypted_anew_is_no_fault(full: Dispute) -> None:
    """A key rotation writes every ciphertext again, past every step."""
    for party in full.parties.all():
        party.save(update_fields=["name", "phone"])
    assert verify.verify_dispute(full.pk).faults == []


@pytest.mark.django_db(transaction=True)
def test_a_change_made_past_the_steps_is_found_although_the_triggers_saw_it(full: Dispute) -> None:
    """The owner of the database changes rows with plain SQL: recorded, but by no step."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE disputes_dispute SET settled_on_time = true WHERE id = %s", [full.pk])
        cursor.execute(
            "UPDATE calendars_deadline SET due_at = due_at + interval '9 days'"
            " WHERE met_at IS NULL AND latest_at IS NULL"
        )
        cursor.execute("UPDATE accounts_user SET is_superuser = true WHERE username = 't01.clerk'")
    found = {(fault.kind.value, fault.row.split()[0], fault.what) for fault in verify.verify().faults}
    assert ("row_untold", "disputes_dispute", "settled_on_time") in found
    assert ("row_untold", "calendars_deadline", "due_at") in found
    assert ("row_untold", "accounts_user", "is_superuser") in found


@pytest.mark.django_db(transaction=True)
def test_steps_in_transactions_of_their_own_leave_no_fault(full: Dispute) -> None:
    """Only what the fixtures wrote past the services is found."""
    found = {fault.row.split()[0] for fault in verify.verify().faults}
    assert found <= {"disputes_attachment", "early_warning_importedlevel", "jurisdictions_organization"}


@pytest.mark.django_db(transaction=True)
def test_a_data_migration_that_takes_stock_is_a_remark_and_no_fault(full: Dispute) -> None:
    table = "disputes_assignment"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET by_final_word = true")
        cursor.execute(recording.take_stock(table, comparing.recorded_tables()[table]))
    found = verify.verify()
    assert not [fault for fault in found.faults if fault.row.startswith(table)]
    assert [(remark.kind.value, remark.what) for remark in found.remarks if remark.kind == "found_rows"] == [
        ("found_rows", "2")  # assigned by the town, and again once the county had handed it down
    ]
