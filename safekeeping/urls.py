from django.urls import URLPattern, path

from safekeeping.views import ledger_check, retention

app_name = "safekeeping"
urlpatterns: list[URLPattern] = [
    path("ledger/check/", ledger_check.page, name="check"),
    path("ledger/check/seals/", ledger_check.seals, name="seals"),
    path("ledger/check/<int:check_id>/", ledger_check.progress, name="check_progress"),
    path("retention/", retention.RetentionView.as_view(), name="retention"),
    path("retention/new/", retention.NewRuleView.as_view(), name="retention_new"),
    path("retention/<int:row_id>/end/", retention.EndRuleView.as_view(), name="retention_end"),
]
