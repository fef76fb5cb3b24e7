"""Nothing is in the access log without words for it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from audit.choices import Action
from audit.models import AccessEvent
from audit.presenters import WORDS, present
from audit.targets import all_kinds
from tests.architecture.sources import python_files

SAID = re.compile(r"""target_type=["']([a-z_]+)["']""")


def event(action: Action, **fields: object) -> AccessEvent:
    given = {
        "at": datetime(2026, 3, 2, 1, tzinfo=UTC),
        "actor_label": "受理员 张三",
        "target_type": "dispute",
    }
    return AccessEvent(action=action, **given | fields)


@pytest.mark.parametrize("action", Action)
def test_every_action_is_worded(action: Action) -> None:
    line = present(event(action, target_id="7", target_label="t01-2026-000001"))
    assert action in WORDS
    assert line.words
    assert "%(" not in line.words


def test_every_kind_of_target_the_code_records_is_worded() -> None:
    audited = [file.read_text() for file in python_files() if "audit" in file.read_text()]
    said = {kind for text in audited for kind in SAID.findall(text)}
    assert said
    assert said <= {kind for kind, _word in all_kinds()}


def test_a_change_shows_only_what_differs() -> None:
    line = present(
        event(
            Action.CONFIG_CHANGED,
            target_type="place",
            target_label="青石镇",
            details={
                "before": {"name": "青石乡", "alias": "t01"},
                "after": {"name": "青石镇", "alias": "t01"},
            },
        )
    )
    assert line.words == "修改了区划 青石镇"
    assert [(change.name, change.before, change.after) for change in line.changes] == [
        ("name", "青石乡", "青石镇")
    ]


@pytest.mark.parametrize(
    "details", [{}, {"before": None, "after": "on"}, {"before": ["a"], "after": {"x": True}}]
)
def test_whatever_shape_a_change_was_recorded_in_it_can_be_shown(details: dict[str, object]) -> None:
    assert present(event(Action.CONFIG_CHANGED, details=details)).words


def test_an_export_says_how_many_rows_left_the_system() -> None:
    assert present(event(Action.EXPORTED, details={"rows": 12})).words == "导出台账，12 行"
    assert "下载" in present(event(Action.EXPORTED, details={"rows": 12, "fetched": True})).words


def test_who_acted_is_a_post_a_job_or_nobody() -> None:
    assert present(event(Action.OPENED, user_id=7)).who == "受理员 张三"
    assert present(event(Action.CONFIG_CHANGED, actor_label="seal")).who == "系统（seal）"
    assert present(event(Action.LOGIN_FAILED, actor_label="anonymous")).who == "未登录"
