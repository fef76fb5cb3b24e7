"""`/audit/`: its pages stand here because audit, below, knows no permissions."""

from django.urls import path

from accounts.views.access_log import AccessLogView

app_name = "audit"
urlpatterns = [path("", AccessLogView.as_view(), name="access_log")]
