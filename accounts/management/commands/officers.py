from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from accounts.officers import held_by_officers
from accounts.roles import OFFICERS
from accounts.services import appointments, users
from core.actor import Actor
from core.clock import now, shanghai_date
from core.errors import DomainError
from jurisdictions.models import Post

BY = Actor.system("officers")


class Command(BaseCommand):
    help = "System, security and audit administrator (三员): listed, appointed, ended, let in. Here and nowhere else."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("list", help="who holds which office")
        appoint = acts.add_parser("appoint", help="a new or known account takes the office")
        appoint.add_argument("role", choices=[str(role) for role in OFFICERS])
        appoint.add_argument("username")
        appoint.add_argument("--name", default="", help="for a new account")
        appoint.add_argument("--email", default="")
        for act, what in (("end", "leaves the office today"), ("password", "prints a one-time password")):
            acts.add_parser(act, help=what).add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['act']}")(options)
        except DomainError as error:
            raise CommandError(str(error)) from error

    def _list(self, _options: dict[str, Any]) -> None:
        for row in held_by_officers(now()).with_post().order_by("post__role", "pk"):
            self.stdout.write(f"{row.post.role} {row.user.username} {row.user.name} {row.starts_on}")

    def _appoint(self, options: dict[str, Any]) -> None:
        post = Post.objects.active().filter(role=options["role"]).order_by("pk").first()
        if post is None:
            raise CommandError("no unit has such a post yet: add one under 单位与岗位")
        moment = now()
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            contact = users.Contact(options["name"] or options["username"], options["email"])
            user = users.create(username=options["username"], contact=contact, by=BY, now=moment)
        appointments.appoint(user=user, post=post, starts_on=shanghai_date(moment), by=BY, now=moment)

    def _end(self, options: dict[str, Any]) -> None:
        moment = now()
        held = held_by_officers(moment).filter(user=self._user(options))
        for pk in held.values_list("pk", flat=True):
            appointments.end(appointment_id=pk, ends_on=shanghai_date(moment), by=BY, now=moment)

    def _password(self, options: dict[str, Any]) -> None:
        _user, password = users.reset_password(user_id=self._user(options).pk, by=BY, now=now())
        self.stdout.write(password)

    def _user(self, options: dict[str, Any]) -> User:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"no user {options['username']}")
        return user
