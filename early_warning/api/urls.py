from django.urls import URLPattern, path

from early_warning.api import responsibility, views

urlpatterns: list[URLPattern] = [
    path("escalations/", views.EscalationList.as_view()),
    path("escalations/<int:escalation_id>/acknowledge/", views.Acknowledge.as_view()),
    path("escalations/<int:escalation_id>/instruct/", views.Instruct.as_view()),
    path("escalations/<int:escalation_id>/resolve_by/", views.SetResolveBy.as_view()),
    path("escalations/<int:escalation_id>/risk_removed/", views.RiskRemoved.as_view()),
    path("escalations/<int:escalation_id>/no_result/", views.NoResult.as_view()),
    path("responsibility/resolve/", responsibility.ResolveResponsibility.as_view()),
]
