"""Every notice of an app that shows disputes goes through the one guard: `disputes.services.notices`."""

import ast
from collections.abc import Iterator

from tests.architecture.sources import ROOT, apps_from

GUARDED = apps_from("disputes")  # whoever can know of a dispute
DOOR = "disputes/services/notices.py"
# the report of an import belongs to who uploaded it; seals are of the whole ledger, told to the auditors
ABOUT_NO_DISPUTE = {"import_done", "ledger.seal"}


def notices() -> Iterator[tuple[str, str, ast.Call]]:
    for app in GUARDED:
        for path in sorted((ROOT / app).rglob("*.py")):
            name = str(path.relative_to(ROOT))
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("NewNotice", "notify"):
                    kind = next((word.value for word in node.keywords if word.arg == "kind"), None)
                    yield name, kind.value if isinstance(kind, ast.Constant) else "", node


def test_nobody_writes_a_notice_of_a_dispute_past_the_guard() -> None:
    found = {(name, kind) for name, kind, _node in notices() if kind not in ABOUT_NO_DISPUTE}
    assert {name for name, _kind in found} == {DOOR}


def test_the_door_names_its_subject() -> None:
    (call,) = [node for name, _kind, node in notices() if name == DOOR]
    assert {"subject", "subject_id", "inner"} <= {word.arg for word in call.keywords}
