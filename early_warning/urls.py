from django.urls import URLPattern, path

from early_warning.screen_urls import SCREENS
from early_warning.views import (
    case_leaders,
    classify,
    coverage,
    danger,
    letters,
    policies,
    policy_rows,
    replays,
    responsibility,
)

app_name = "early_warning"
urlpatterns: list[URLPattern] = [
    *SCREENS,
    # responsible leader, case leader, letters (§8)
    path("responsibility/leaders/", responsibility.pick, name="pick_leaders"),
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
    # reading texts, and the policy it goes by (§7)
    path("classify/", classify.live, name="classify"),
    path("danger/<str:number>/", danger.mark, name="mark_danger"),
    path("danger/<str:number>/clear/", danger.clear, name="clear_danger"),
    path("policies/", policies.listing, name="policies"),
    path("policies/<int:number>/", policies.version, name="policy"),
    path("policies/<int:number>/against/<int:other>/", policies.difference, name="policy_difference"),
    path("policies/<int:number>/propose/", policies.propose, name="policy_propose"),
    path("policies/<int:number>/take-back/", policies.take_back, name="policy_take_back"),
    path("policies/<int:number>/withdraw/", policies.withdraw, name="policy_withdraw"),
    path("policies/<int:number>/publish/", policies.publish, name="policy_publish"),
    path("policies/<int:number>/thresholds/", policy_rows.thresholds, name="policy_thresholds"),
    path("policies/<int:number>/rows/<str:section>/new/", policy_rows.add, name="policy_add"),
    path("policies/<int:number>/rows/<str:section>/<str:row_id>/", policy_rows.edit, name="policy_row"),
    path(
        "policies/<int:number>/rows/<str:section>/<str:row_id>/remove/",
        policy_rows.remove,
        name="policy_remove",
    ),
    path("policies/<int:number>/replays/", replays.ask, name="replay_ask"),
    path("policies/<int:number>/replays/<int:run_id>/", replays.result, name="replay"),
]
