"""Numbers, days, clauses, claims and grounds, against tables written by hand."""

from __future__ import annotations

from datetime import datetime

import pytest

from core.clock import SHANGHAI, end_of_day
from disputes.rules.claims import claim_of
from disputes.rules.papers import PAPERS, number_of
from disputes.rules.refusals import excluded_by, ground_of
from disputes.rules.routes import way_of
from disputes.selectors.masked import short
from disputes.selectors.paper_parts import as_on_paper, by_when, chinese, moment_words
from disputes.wording_papers import TITLES
from jurisdictions.rules.post_names import said_once


def at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=SHANGHAI)


def test_a_number_is_written_as_the_standard_for_official_papers_asks() -> None:
    assert number_of("青综治", "receipt", 2026, 62) == "青综治登〔2026〕62号"
    assert number_of("青综治", "dispatch_order", 2026, 1) == "青综治交〔2026〕1号"


def test_every_kind_has_a_mark_of_its_own() -> None:
    marks = [kind.mark for kind in PAPERS.values()]
    assert len(marks) == len(set(marks))
    assert set(TITLES) <= set(PAPERS)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (end_of_day(at(1, 0, 0).date()), "2026年12月1日24时前"),
        (at(1, 9, 0), "2026年12月1日9时前"),
        (at(1, 15, 5), "2026年12月1日15时05分前"),
    ],
)
def test_a_date_limit_ends_at_24_o_clock(moment: datetime, said: str) -> None:
    assert by_when(moment) == said


def test_the_words_of_the_screens_become_those_of_a_paper() -> None:
    assert moment_words(at(31, 0, 0)) == "2026年12月31日0时"
    assert as_on_paper("依据 §7 预警机制，2026-12-01 09:05 通知，2026-12-02 前") == (
        "依据 第（七）条预警机制，2026年12月1日9时05分通知，2026年12月2日前"
    )


@pytest.mark.parametrize(
    ("number", "said"), [(5, "五"), (10, "十"), (15, "十五"), (20, "二十"), (27, "二十七")]
)
def test_clauses_are_counted_in_chinese(number: int, said: str) -> None:
    assert chinese(number) == said


@pytest.mark.parametrize(
    ("narrative", "claim"),
    [
        ("两家为水沟争吵，要求恢复原沟，赔偿损失五百元。此前村里调解过。", "要求恢复原沟，赔偿损失五百元"),
        ("对方要求赔偿两万元，没有谈成。", ""),
        ("欠薪三个月。请求政府帮助讨回工资；希望月底前结清。", "请求政府帮助讨回工资；希望月底前结清"),
        ("现要求退还押金。", "现要求退还押金"),
        ("排水沟被改道，雨后积水。", ""),
    ],
)
def test_a_claim_is_quoted_and_only_the_applicants_own(narrative: str, claim: str) -> None:
    assert claim_of(narrative) == claim


@pytest.mark.parametrize(
    ("reason", "ground"),
    [
        ("县法院已经立案审理。", "court"),
        ("已申请劳动仲裁，尚未裁决。", "arbitration"),
        ("市政府已作出复核意见，信访程序终结。", "reviewed"),
        ("不属于本县管辖。", "other"),
        ("周某10月已向县法院起诉，11月20日开过庭未判。", "court"),
        ("对县法院的判决不服。", "court"),
        ("省里复核终结，仍要求重新计算。", "reviewed"),
        # advice, and what has not happened, is no proceeding that runs
        ("属于民事争议，请向人民法院起诉。", "other"),
        ("应当由人民法院受理。", "other"),
        ("可以依法申请复查、复核。", "other"),
        ("当事人尚未起诉。", "other"),
        ("法院不予立案后又来。", "other"),
        ("应当先申请劳动仲裁。", "other"),
        ("已告知其向法院起诉。", "other"),
    ],
)
def test_the_reason_tells_on_what_a_refusal_rests(reason: str, ground: str) -> None:
    assert ground_of(reason) == ground


@pytest.mark.parametrize(
    ("reason", "shut", "open_still"),
    [
        # 民事诉讼法 art. 127, 人民调解工作若干规定 art. 22, 行政复议法 art. 29
        ("县法院正在审理。", {"litigation", "mediation", "review"}, {"proceedings", "legal_aid", "petition"}),
        # the award is not final: a suit within fifteen days, 劳动争议调解仲裁法 art. 50
        ("劳动仲裁委员会已经裁决。", {"labour_arbitration", "mediation"}, {"litigation", "legal_aid"}),
        # 信访工作条例 art. 36
        ("市政府复核终结。", {"petition"}, {"litigation", "review", "legal_aid", "discipline"}),
        ("不属于本县管辖。", set(), {"litigation", "petition", "mediation"}),
    ],
)
def test_a_reason_shuts_the_routes_that_the_law_shuts(
    reason: str, shut: set[str], open_still: set[str]
) -> None:
    assert shut <= excluded_by(reason)
    assert not open_still & excluded_by(reason)


@pytest.mark.parametrize(
    ("category", "source", "way"),
    [
        ("neighbour", "walk_in", "mediation"),
        ("neighbour", "petition", "petition"),
        ("expropriation", "walk_in", "authority"),
    ],
)
def test_how_a_matter_is_worked_on(category: str, source: str, way: str) -> None:
    assert way_of(category, source) == way


def test_a_gist_ends_with_a_sentence_and_never_inside_one_that_fits() -> None:
    assert short("第一句。第二句很长很长。", 8) == "第一句。"
    assert short("短。", 8) == "短。"
    assert short("没有句号的一长串文字", 5) == "没有句号…"


@pytest.mark.parametrize(
    ("unit", "title", "said"),
    [
        ("县委", "县委书记", ("", "县委书记")),
        ("县委", "党委书记", ("县委", "书记")),
        ("青石镇综治中心", "综治中心主任", ("青石镇", "综治中心主任")),
        ("县综治中心", "县综治中心主任", ("", "县综治中心主任")),
        ("青石镇党委", "党委书记", ("青石镇", "党委书记")),
        ("青石镇政府", "镇长", ("青石镇政府", "镇长")),
        ("望湖街道办事处", "办事处主任", ("望湖街道", "办事处主任")),
        ("Justice office", "officer", ("Justice office", "officer")),
    ],
)
def test_a_post_says_its_unit_once(unit: str, title: str, said: tuple[str, str]) -> None:
    assert said_once(unit, title) == said
