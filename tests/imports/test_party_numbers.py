"""Numbers and phones of parties: at every door, between two strangers, and in rows stored before."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.models import Appointment
from core import crypto
from core.actor import Actor
from disputes.errors import InvalidInput
from disputes.models import Dispute, Party
from disputes.rules.intake import PartyFacts
from disputes.services import duplicates
from disputes.services.duplicates import Typed
from imports.models import ImportRow, LedgerImport
from notifications.models import Notice
from tests.disputes.rules.test_identity import check_of
from tests.factories.disputes import QUARREL, registered

pytestmark = pytest.mark.django_db
OTHER = "两家为宅基地边界吵了起来，要求村里量一量。"
RIGHT = "11010519491231002" + check_of("11010519491231002")
PLACEHOLDERS = ["不详", "无", "/", "0", "-", "暂无", "没有", "00000000000", "11111111111"]


def party(name: str, **facts: str) -> tuple[PartyFacts, ...]:
    return (PartyFacts("applicant", "natural", name, **facts), QUARREL.parties[1])


@pytest.mark.parametrize("typed", PLACEHOLDERS)
def test_nothing_is_kept_where_nothing_was_said(clerk: Appointment, monday: Any, typed: str) -> None:
    made = registered(clerk, monday, parties=party("吴秀兰", phone=typed, id_number=typed))
    stored = made.parties.get(role="applicant")
    assert (stored.phone, stored.id_number, stored.phone_hash, stored.id_hash) == ("", "", "", "")


@pytest.mark.parametrize("typed", PLACEHOLDERS)
def test_two_strangers_without_a_number_are_not_the_same(
    clerk: Appointment, outsider: Appointment, monday: Any, actor: Callable[..., Actor], typed: str
) -> None:
    rows = registered(clerk, monday, parties=party("吴秀兰", phone="13911110000", id_number=RIGHT)).parties
    rows.filter(role="applicant").update(  # as it was stored before
        phone_hash=crypto.search_hash("phone", typed), id_hash=crypto.search_hash("id_number", typed)
    )
    seen = Typed(OTHER, party("郑小军", phone=typed, id_number=typed)[:1])
    assert duplicates.look(typed=seen, by=actor(clerk), now=monday).candidates == []
    assert duplicates.look(typed=seen, by=actor(outsider), now=monday).elsewhere == []
    registered(outsider, monday, place="t02.v01", narrative=OTHER, parties=seen.parties)
    assert not Notice.objects.filter(kind="duplicate.elsewhere").exists()


@pytest.mark.parametrize("name", ["不详", "匿名", "孙某"])
def test_nor_are_two_without_a_name(
    clerk: Appointment, monday: Any, actor: Callable[..., Actor], name: str
) -> None:
    registered(clerk, monday, parties=party(name))
    seen = Typed(OTHER, party(name)[:1])
    assert duplicates.look(typed=seen, by=actor(clerk), now=monday).candidates == []


@pytest.mark.parametrize(
    "typed", ["138-0000-1234", "+86 138 0000 1234", "１３８００００１２３４", "13800001234"]
)
def test_a_phone_finds_its_twin_however_it_is_typed(
    clerk: Appointment, monday: Any, actor: Callable[..., Actor], typed: str
) -> None:
    first = registered(clerk, monday, parties=party("吴秀兰", phone="13800001234"))
    seen = Typed(OTHER, party("郑小军", phone=typed)[:1])
    found = duplicates.look(typed=seen, by=actor(clerk), now=monday)
    assert [candidate.dispute.pk for candidate in found.candidates] == [first.pk]


def test_ten_of_eleven_true_numbers_are_taken_again(clerk: Appointment, monday: Any) -> None:
    """One true number for each check character, each registered and kept as given."""
    taken = {}
    for order in range(200):
        body = f"52252619640229{order:03d}"
        taken.setdefault(check_of(body), body + check_of(body))
    assert len(taken) == 11
    for number in taken.values():
        stored = registered(clerk, monday, parties=party("吴秀兰", id_number=number)).parties.get(
            role="applicant"
        )
        assert stored.id_number == number


@pytest.mark.parametrize(
    ("kind", "number", "fine"),
    [
        ("natural", RIGHT[:-1] + ("0" if RIGHT[-1] != "0" else "1"), False),
        ("natural", RIGHT[:-1], False),
        ("natural", "E12345678", True),
        ("natural", "USA110079123101", True),
        ("legal", "91110000600037341L", True),
        ("legal", "91110000600037341M", False),
        ("legal", "110000600037341", True),
    ],
)
def test_wrong_numbers_are_refused_at_their_field(
    clerk: Appointment, monday: Any, kind: str, number: str, fine: bool
) -> None:
    parties = (PartyFacts("applicant", kind, "甲乙丙", id_number=number), QUARREL.parties[1])
    if fine:
        assert registered(clerk, monday, parties=parties)
        return
    with pytest.raises(InvalidInput) as refused:
        registered(clerk, monday, parties=parties)
    assert set(refused.value.errors) == {"parties.0.id_number"}


def counted(**options: Any) -> dict[str, int]:
    out = StringIO()
    call_command("check_party_numbers", stdout=out, **options)
    lines = [line.split(maxsplit=1) for line in out.getvalue().splitlines()]
    return {words: int(count) for count, words in lines}


def test_the_command_counts_and_mends_what_was_stored_before(
    clerk: Appointment, coordinator: Appointment, monday: Any
) -> None:
    rows = [registered(clerk, monday, parties=party(f"甲{n}", phone="13911110000")).parties.get(role="applicant")
            for n in range(4)]  # fmt: skip
    stored = [  # number, phone, what they were hashed to
        ("不详", "不详", "不详", "不详"),
        (RIGHT[:-1] + "0", "138-0000-1234", RIGHT[:-1] + "0", "138-0000-1234"),
        (RIGHT, "13800001234", RIGHT, "13800001234"),
        ("无", "", "无", ""),
    ]
    for row, (number, phone, id_of, phone_of) in zip(rows, stored, strict=True):
        row.id_number, row.phone = number, phone
        row.id_hash = crypto.search_hash("id_number", id_of)
        row.phone_hash = crypto.search_hash("phone", phone_of) if phone_of else ""
        row.save()
    brought_in = LedgerImport.objects.create(
        appointment=coordinator,
        uploaded_by=coordinator.user,
        uploaded_at=monday,
        file_name="旧.xlsx",
        sha256="0",
    )
    for line, number in enumerate([RIGHT, RIGHT[:-1] + "0"], start=2):
        ImportRow.objects.create(
            ledger_import=brought_in, line=line, state="refused", centre=coordinator.post.organization, key=str(line),
            messages=[["申请人证件号", "身份证号校验码不对"]], cells=f'{{"applicant_id": "{number}"}}',
        )  # fmt: skip
    first = list(counted().values())
    assert first == [4, 1, 0, 3, 3, 2, 1]
    assert list(counted(mend=True).values())[:7] == first
    assert list(counted().values()) == [4, 1, 0, 3, 0, 2, 1]
    hashes = {
        row.pk: (row.id_hash, row.phone_hash) for row in Party.objects.filter(pk__in=[row.pk for row in rows])
    }
    mended = [hashes[row.pk] for row in rows]
    assert mended[0] == ("", "")
    assert mended[1][1] == mended[2][1] == crypto.search_hash("phone", "13800001234")
    assert mended[3][0] == ""
    assert [row.id_number for row in Party.objects.filter(pk__in=[rows[0].pk])] == ["不详"]


def test_the_command_names_nobody(clerk: Appointment, monday: Any) -> None:
    registered(clerk, monday, parties=party("欧阳建国", phone="13911112222", id_number=RIGHT))
    out = StringIO()
    call_command("check_party_numbers", stdout=out)
    assert not any(secret in out.getvalue() for secret in ("欧阳", "13911112222", RIGHT))


@pytest.fixture
def api(api_client_of: Callable[[Appointment], Client], clerk: Appointment) -> Client:
    return api_client_of(clerk)


BODY = {
    "title": "宅基地边界",
    "narrative": OTHER,
    "category": "neighbour",
    "source": "walk_in",
    "place": "t01.v01",
    "parties": [
        {"role": "applicant", "kind": "natural", "name": "吴秀兰"},
        {"role": "respondent", "kind": "natural", "name": "郑小军"},
    ],
}


def post(api: Client, **changes: Any) -> Any:
    return api.post("/api/v1/disputes/", BODY | changes, content_type="application/json")


def test_persons_are_counted_where_no_number_was_stated(api: Client) -> None:
    assert post(api).status_code == 201
    assert Dispute.objects.get().people_count == 2


def applicant(**said: Any) -> list[dict[str, Any]]:
    return [{"role": "applicant", "kind": "natural", "name": "吴秀兰"} | said, BODY["parties"][1]]  # type: ignore[index]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"people_count": 1}, "people_count"),
        ({"danger": True}, "danger_told"),
        ({"danger_told": "王警官"}, "danger"),
        ({"danger": True, "danger_told": "王警官", "danger_told_at": "2999-03-02T08:00:00+08:00"}, "danger_told_at"),
        ({"danger": True, "danger_told": "王警官", "danger_told_at": "0026-03-02T08:00:00+08:00"}, "danger_told_at"),
        ({"occurred_on": "0026-03-02"}, "occurred_on"),
        ({"occurred_on": "1899-12-31"}, "occurred_on"),
        ({"occurred_on": "26-03-02"}, "occurred_on"),
        ({"amount": "0.285"}, "amount"),
        ({"parties": applicant(name="华光电子有限公司")}, "parties.0.kind"),
        ({"parties": applicant(name="张\ufffd")}, "parties.0.name"),
        ({"parties": applicant(phone="13800001234567")}, "parties.0.phone"),
    ],
)  # fmt: skip
def test_what_the_form_refuses_the_api_refuses(api: Client, changes: dict[str, Any], field: str) -> None:
    answer = post(api, **changes)
    assert answer.status_code == 400, answer.content
    assert set(answer.json()["errors"]) == {field}
    assert not Dispute.objects.exists()


@pytest.mark.parametrize("name", ["𠮷田", "张\ue863", "王\uf92c", "买买提·艾力", "赵䶮", "李\U0002a6a5"])
def test_a_rare_character_of_a_name_is_kept(api: Client, name: str) -> None:
    assert post(api, parties=applicant(name=name)).status_code == 201
    assert Party.objects.get(role="applicant").name == name


def test_the_first_day_that_is_taken(api: Client) -> None:
    assert post(api, occurred_on="1900-01-01").status_code == 201
