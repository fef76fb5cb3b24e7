"""`Authorization: Token …` for the API. A token acts in exactly one appointment."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts import actors
from accounts.models import ApiToken
from accounts.services.tokens import digest_of, touch
from core.clock import now, shanghai_date
from core.written_once import written_once

TOUCH_EVERY = timedelta(minutes=5)


class ApiTokenAuthentication(BaseAuthentication):
    """Sets `request.user` and `request.actor`; ended appointments and revoked tokens fail at once."""

    keyword = b"token"

    def authenticate(self, request: Request) -> tuple[Any, ApiToken] | None:
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != self.keyword:
            return None
        if len(words) != 2:
            raise AuthenticationFailed(_("令牌格式不对。"))
        moment = now()
        token = self._token(words[1].decode(errors="replace"), moment)
        request._request.actor = actors.for_appointment(token.appointment, moment)  # type: ignore[attr-defined]
        return token.appointment.user, token

    def authenticate_header(self, _request: Request) -> str:
        return "Token"

    def _token(self, secret: str, moment: datetime) -> ApiToken:
        token = next(iter(_known_by(digest_of(secret))), None)
        if token is None or not token.is_usable(moment):
            raise AuthenticationFailed(_("令牌无效、已到期或已吊销。"))
        if not (token.appointment.is_current(shanghai_date(moment)) and token.appointment.user.is_active):
            raise AuthenticationFailed(_("该令牌所属的任职已结束。"))
        if token.last_used_at is None or moment - token.last_used_at > TOUCH_EVERY:
            touch(token_id=token.pk, now=moment)
        return token


@written_once
def _known_by(digest: Any) -> QuerySet[ApiToken]:
    return ApiToken.objects.select_related("appointment__user").filter(digest=digest)
