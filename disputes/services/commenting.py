"""内部留言: what colleagues who see a case say to each other beside the work. No official act (see lifecycle.TALK)."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from core.language import in_house_language
from disputes.disclosure import disclosure
from disputes.errors import InvalidInput, NotPermitted
from disputes.rules.step_inputs import Comment, CorrectComment
from disputes.selectors import mentions
from disputes.services import notices, step_runner
from disputes.services.step_runner import Move, StepRun


def comment(run: StepRun, given: Comment) -> Move:
    """内部留言: kept in the trail, told to who is named in it (usernames), and to nobody else for its sake.

    Raises NotPermitted for a unit that is a party or gave the case back; InvalidInput at `people` for whoever is not
    known or could not read it, in the same words.
    """
    _require_inner(run)
    if len(set(given.people)) > mentions.MOST:
        raise InvalidInput({"people": [_("一条留言最多提醒 %d 人。") % mentions.MOST]})
    named = mentions.readers_named(run.dispute, given.people, run.now)
    unknown = [person for person in dict.fromkeys(given.people) if person not in named]
    if unknown:
        said = _("“%s”不能在这里提到：没有这个人，或者不能查看本件的内部留言。请从列表中选择。")
        raise InvalidInput({"people": [said % unknown[0][:40]]})
    _tell(run, [pk for pk in named.values() if pk != run.by.user_id])
    return Move(data={"people": sorted(named.values())} if named else {}, texts={"comment": given.text})


def correct_comment(run: StepRun, given: CorrectComment) -> Move:
    """更正留言 by who wrote it, named by its place in the trail (`comment` = seq); the entry with the old words stays.

    Raises NotPermitted as `comment` does and for others' comments, InvalidInput where the words are the same.
    """
    _require_inner(run)
    entry = run.dispute.trail.filter(seq=given.comment, step="comment").first()
    if entry is None:
        raise InvalidInput({"comment": [_("没有这条留言。")]})
    if entry.user_id is None or entry.user_id != run.by.user_id:
        raise NotPermitted(_("只能更正自己写的留言。"))
    if given.text == mentions.words_of(run.dispute, given.comment):
        raise InvalidInput({"text": [_("内容没有改动。")]})
    return Move(data={"comment": given.comment}, texts={"comment": given.text})


def _require_inner(run: StepRun) -> None:
    if step_runner.is_past(run.dispute, run.by):
        raise step_runner.gave_it_back()
    if not disclosure(run.by, run.dispute).level:
        raise NotPermitted(_("本单位是当事人，不能查看和填写本件的内部留言。"))


@in_house_language
def _tell(run: StepRun, users: Sequence[int]) -> None:
    """Without the words: they may name people, and a notice may leave the house by mail."""
    said = {"who": run.by.label, "number": run.dispute.display_number}
    notices.tell(
        run.dispute,
        users,
        kind="comment",
        title=_("%(who)s 在 %(number)s 的内部留言中提到您") % said,
        key=f"step:{run.dispute.pk}:{run.dispute.version + 1}",  # who also follows it is told once
        now=run.now,
        quiet=True,
    )
