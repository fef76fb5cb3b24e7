"""分流交办目录: to which county departments towns may assign directly, as dated rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.permissions import Permission
from disputes.forms.catalogue import CatalogueForm, EndForm
from disputes.models import DispatchCatalogue
from disputes.services import catalogue
from disputes.views import dated_rows

ALL = "disputes:catalogue"


class CatalogueView(dated_rows.RowsView):
    permission = Permission.MANAGE_STRUCTURE
    template_name = "disputes/catalogue/rules.html"

    def rows(self) -> Iterable[DispatchCatalogue]:
        found = DispatchCatalogue.objects.select_related("sector")
        units = found.prefetch_related("sector__organizations__place")
        return units.order_by("sector__name", "-effective_from")

    def more(self, row: DispatchCatalogue) -> dict[str, Any]:
        return {"units": [str(unit) for unit in row.sector.organizations.all() if unit.is_county_level]}


class NewRowView(dated_rows.NewRow):
    permission = Permission.MANAGE_STRUCTURE
    template_name = "disputes/catalogue/new.html"
    form_class = CatalogueForm
    back = ALL

    def act(self, given: dict[str, Any]) -> str:
        stated = {name: given[name] for name in ("sector", "effective_from", "source")}
        catalogue.allow(**stated, by=self.by, now=self.now)
        return _("已列入分流交办目录。")


class EndRowView(dated_rows.EndRow):
    permission = Permission.MANAGE_STRUCTURE
    template_name = "disputes/catalogue/end.html"
    form_class = EndForm
    model, back = DispatchCatalogue, ALL

    def end(self, row_id: int, last_day: date) -> None:
        catalogue.end(row_id=row_id, last_day=last_day, by=self.by, now=self.now)
