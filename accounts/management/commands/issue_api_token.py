from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import actors
from accounts.models import User
from accounts.services import tokens
from core.actor import Actor
from core.clock import now


class Command(BaseCommand):
    help = "Prints a new API token for the user's post: `Authorization: Token …`."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--post", default="", help="organization:role, when the user holds several posts")
        parser.add_argument("--label", default="manage.py")

    def handle(self, *args: Any, **options: Any) -> None:
        moment = now()
        user = User.objects.filter(username=options["username"], is_active=True).first()
        if user is None:
            raise CommandError(f"no active user {options['username']}")
        held = actors.held_by(user, moment)
        wanted = [a for a in held if options["post"] in ("", a.post.code)]
        if not wanted:
            raise CommandError(f"{user.username} holds no such post, but: {[a.post.code for a in held]}")
        _token, secret = tokens.issue(
            appointment=wanted[0], by=Actor.system("issue_api_token"), now=moment, label=options["label"]
        )
        self.stdout.write(secret)
