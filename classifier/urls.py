"""The policy the classifier goes by (§7), under the address of warnings."""

from django.urls import URLPattern, path

from classifier.views import policies, policy_rows, replays

app_name = "classifier"
urlpatterns: list[URLPattern] = [
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
