from django.urls import URLPattern, path

from early_warning.views import case_leaders, coverage, letters, responsibility

app_name = "early_warning"
urlpatterns: list[URLPattern] = [
    # responsible leader, case leader, letters (§8)
    path("responsibility/preview/", responsibility.show_preview, name="responsibility_preview"),
    path("responsibility/<str:number>/", responsibility.override, name="responsibility"),
    path("responsibility/<str:number>/principal/", responsibility.principal, name="responsibility_principal"),
    path("case-leaders/<str:number>/", case_leaders.start, name="case_leader"),
    path("case-leaders/<str:number>/progress/", case_leaders.progress, name="case_leader_progress"),
    path("case-leaders/<str:number>/take-over/", case_leaders.take_over, name="case_leader_take_over"),
    path("case-leaders/<str:number>/end/", case_leaders.end, name="case_leader_end"),
    path("letters/", letters.listing, name="letters"),
    path("letters/units/", letters.units, name="letter_units"),
    path("letters/new/<str:number>/", letters.write, name="letter_new"),
    path("letters/<int:letter_id>/", letters.sheet, name="letter"),
    path("letters/<int:letter_id>/docx/", letters.docx, name="letter_docx"),
    path("letters/<int:letter_id>/serve/", letters.serve, name="letter_serve"),
    path("letters/<int:letter_id>/reply/", letters.reply, name="letter_reply"),
    # §5
    path("coverage/", coverage.page, name="coverage"),
]
