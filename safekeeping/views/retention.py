"""保管期限: the dated rows erasure goes by, beside the calendar's limits and in their look."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.permissions import Permission
from disputes.views import dated_rows
from safekeeping.forms import EndForm, RetentionForm
from safekeeping.models import RetentionRule
from safekeeping.services import retention

ALL = "safekeeping:retention"


class RetentionView(dated_rows.RowsView):
    permission = Permission.MANAGE_CALENDAR
    template_name = "safekeeping/retention/rules.html"
    extra_context = {"may_edit": True}

    def rows(self) -> Iterable[RetentionRule]:
        return RetentionRule.objects.order_by("-effective_from", "-pk")


class NewRuleView(dated_rows.NewRow):
    permission = Permission.MANAGE_CALENDAR
    template_name = "safekeeping/retention/new.html"
    form_class = RetentionForm
    back = ALL

    def act(self, given: dict[str, Any]) -> str:
        stated = {name: given[name] for name in ("years", "effective_from", "source")}
        retention.add_rule(**stated, by=self.by, now=self.now)
        return _("已增加保管期限规定。")


class EndRuleView(dated_rows.EndRow):
    permission = Permission.MANAGE_CALENDAR
    template_name = "safekeeping/retention/end.html"
    form_class = EndForm
    model, back = RetentionRule, ALL

    def end(self, row_id: int, last_day: date) -> None:
        retention.end_rule(rule_id=row_id, last_day=last_day, by=self.by, now=self.now)
