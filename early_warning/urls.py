"""Pages of leaders, coordinators and duty posts, and what reads texts while they are typed."""

from django.urls import URLPattern, path

from early_warning.views import (
    board,
    classify,
    danger,
    escalation,
    imported,
    incident,
    level,
    phone,
    queue,
    warning,
)

app_name = "early_warning"
urlpatterns: list[URLPattern] = [
    path("", queue.queue, name="queue"),
    path("escalations/<int:escalation_id>/", escalation.escalation, name="escalation"),
    path("escalations/<int:escalation_id>/acknowledge/", escalation.acknowledge, name="acknowledge"),
    path("escalations/<int:escalation_id>/<str:step>/", escalation.answer, name="answer"),
    path("disputes/<str:number>/", warning.warning, name="warning"),
    path("disputes/<str:number>/levels/<str:kind>/", level.change, name="level"),
    path("disputes/<str:number>/incident/", incident.incident, name="incident"),
    path("disputes/<str:number>/paper/", warning.sheet, name="sheet"),
    path("disputes/<str:number>/paper/docx/", warning.sheet_docx, name="sheet_docx"),
    path("requests/<int:request_id>/", level.consent, name="consent"),
    path("imported/", imported.listing, name="imported"),
    path("board/", board.board, name="board"),
    path("phone/", phone.tasks, name="phone"),
    path("phone/<int:task_id>/", phone.task, name="phone_task"),
    path("classify/", classify.live, name="classify"),
    path("danger/<str:number>/", danger.MarkPage.as_view(), name="mark_danger"),
    path("danger/<str:number>/clear/", danger.ClearPage.as_view(), name="clear_danger"),
]
