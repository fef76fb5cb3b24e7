from django.urls import path

from calendars.api import DueView

urlpatterns = [path("calendars/due/", DueView.as_view(), name="api_due")]
