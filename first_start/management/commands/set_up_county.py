from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from core.clock import now
from core.errors import Conflict
from first_start.presenters import STEP_WORDS
from first_start.services import template
from first_start.services.founding import Founded, PlanRefused, found
from first_start.services.reading import read_files

HELP = """Sets up a real county from files, in one transaction. Each file is a CSV and known by its headings:
division codes (区划代码,名称), people (账号,姓名,单位代码,岗位,电子邮箱,手机; the three officers
系统管理员, 安全管理员, 审计员 among them), departments (--departments prints the usual ones),
a holiday plan (日期,类型,名称). Safe to run again: what is there stays as it is, what is missing is added."""


class Command(BaseCommand):
    help = HELP

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", metavar="FILE")
        parser.add_argument(
            "--departments", action="store_true", help="print the usual departments as a file"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["departments"]:
            self.stdout.write(template.text(), ending="")
            return
        if not options["files"]:
            raise CommandError(
                "name the files: set_up_county places.csv people.csv [departments.csv] [plan.csv]"
            )
        said = read_files((name, _bytes(name)) for name in options["files"])
        if said.refused:
            raise CommandError(_refused(said.refused))
        try:
            done = found(plan=said.plan, now=now(), with_passwords=False)
        except PlanRefused as error:
            raise CommandError(
                _refused([_where(row.step, row.line, row.text) for row in error.wrong])
            ) from error
        except Conflict as error:
            raise CommandError(str(error)) from error
        self._tell(done)

    def _tell(self, done: Founded) -> None:
        if done.is_nothing:
            self.stdout.write(_("都已经有了，没有改动。"))
            return
        self.stdout.write(
            _("已写入：区划 %(places)d，行业 %(sectors)d，单位 %(units)d，岗位 %(posts)d，任职 %(held)d。")
            % {"places": done.places, "held": done.appointments, **vars(done.structure)}
        )
        for user, password in done.secrets:
            self.stdout.write(
                _("%(user)s 的首次密码：%(password)s") % {"user": user.username, "password": password}
            )
        self.stdout.write(_("其他人的首次密码由安全管理员在“人员”页面发放。"))


def _bytes(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror}") from error


def _where(step: str, line: int, text: str) -> str:
    where = str(STEP_WORDS[step])
    return (
        _("%(where)s第 %(line)d 行：%(text)s") % {"where": where, "line": line, "text": text}
        if line
        else text
    )


def _refused(sentences: list[str]) -> str:
    return "\n".join([_("没有写入任何内容，请先改正："), *sentences])
