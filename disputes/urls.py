from django.urls import URLPattern, path

from disputes.views import (
    detail,
    export,
    ledger,
    ledger_bulk,
    ledger_check,
    ledger_names,
    ledger_views,
    steps,
)

app_name = "disputes"
urlpatterns: list[URLPattern] = [
    path("", ledger.page, name="ledger"),
    path("ledger/bulk/", ledger_bulk.bulk_action, name="bulk"),
    path("ledger/names/", ledger_names.name_search, name="name_search"),
    path("ledger/views/", ledger_views.save, name="view_save"),
    path("ledger/views/<int:view_id>/delete/", ledger_views.delete, name="view_delete"),
    path("ledger/export/", export.ask, name="export"),
    path("ledger/exports/", export.exports, name="exports"),
    path("ledger/exports/<int:job_id>/", export.progress, name="export_progress"),
    path("ledger/exports/<int:job_id>/file/", export.download, name="export_file"),
    path("ledger/check/", ledger_check.page, name="ledger_check"),
    path("ledger/check/<int:check_id>/", ledger_check.progress, name="ledger_check_progress"),
    path("<str:number>/", detail.detail, name="detail"),
    path("<str:number>/steps/<str:step>/", steps.take_step, name="step"),
    path("<str:number>/parties/<int:party_id>/", detail.reveal, name="reveal"),
]
