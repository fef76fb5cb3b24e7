from django.urls import path

from notifications.views import channels, failures, notices

app_name = "notifications"
urlpatterns = [
    path("", notices.NoticeListView.as_view(), name="list"),
    path("bell/", notices.BellView.as_view(), name="bell"),
    path("read-all/", notices.ReadAllView.as_view(), name="read_all"),
    path("read-group/", notices.ReadGroupView.as_view(), name="read_group"),
    path("preferences/", notices.PreferenceView.as_view(), name="preferences"),
    path("<int:pk>/", notices.OpenView.as_view(), name="open"),
    path("<int:pk>/read/", notices.ReadView.as_view(), name="read"),
    path("failures/", failures.DeliveryListView.as_view(), name="failures"),
    path("failures/<int:pk>/repeat/", failures.RepeatView.as_view(), name="repeat"),
    path("failures/<int:pk>/drop/", failures.DropView.as_view(), name="drop"),
    path("channels/", channels.ChannelListView.as_view(), name="channels"),
    path("channels/<slug:channel>/", channels.ChannelView.as_view(), name="channel"),
    path("channels/<slug:channel>/try/", channels.TryView.as_view(), name="try"),
    path("hours/", channels.HoursView.as_view(), name="hours"),
]
