"""`/audit/`: a name of its own, because it is the auditor's and no page of `manage`."""

from django.urls import path

from administration.views.access_log import AccessLogView

app_name = "audit"
urlpatterns = [path("", AccessLogView.as_view(), name="access_log")]
