"""Responsible leader, case leader, letters (§8) and who is responsible where (§5), under the address of warnings."""

from django.urls import URLPattern, path

from responsibility.views import case_leaders, coverage, letters, responsible_leaders

app_name = "responsibility"
urlpatterns: list[URLPattern] = [
    path("responsibility/leaders/", responsible_leaders.pick, name="pick_leaders"),
    path("responsibility/preview/", responsible_leaders.show_preview, name="responsibility_preview"),
    path("responsibility/<str:number>/", responsible_leaders.OverridePage.as_view(), name="responsibility"),
    path(
        "responsibility/<str:number>/principal/",
        responsible_leaders.PrincipalPage.as_view(),
        name="responsibility_principal",
    ),
    path("case-leaders/<str:number>/", case_leaders.StartPage.as_view(), name="case_leader"),
    path(
        "case-leaders/<str:number>/progress/",
        case_leaders.ProgressPage.as_view(),
        name="case_leader_progress",
    ),
    path(
        "case-leaders/<str:number>/take-over/",
        case_leaders.TakeOverPage.as_view(),
        name="case_leader_take_over",
    ),
    path("case-leaders/<str:number>/end/", case_leaders.EndPage.as_view(), name="case_leader_end"),
    path("letters/", letters.listing, name="letters"),
    path("letters/units/", letters.units, name="letter_units"),
    path("letters/new/<str:number>/", letters.WritePage.as_view(), name="letter_new"),
    path("letters/<int:letter_id>/", letters.sheet, name="letter"),
    path("letters/<int:letter_id>/docx/", letters.docx, name="letter_docx"),
    path("letters/<int:letter_id>/serve/", letters.ServePage.as_view(), name="letter_serve"),
    path("letters/<int:letter_id>/reply/", letters.ReplyPage.as_view(), name="letter_reply"),
    path("coverage/", coverage.page, name="coverage"),
]
