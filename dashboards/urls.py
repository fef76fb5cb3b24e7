from django.urls import path

from dashboards.views import calendar, county, home

urlpatterns = [
    path("", home.home, name="home"),
    path("calendar/", calendar.this_month, name="calendar"),
    path("calendar/<int:year>/<int:month>/", calendar.month, name="calendar_month"),
    path("calendar/subscription/", calendar.subscription, name="calendar_subscription"),
    path("calendar/subscription/new/", calendar.renew, name="calendar_renew"),
    path("calendar/subscription/withdraw/", calendar.withdraw, name="calendar_withdraw"),
    path("calendar/feed/<str:secret>.ics", calendar.feed, name="calendar_feed"),
    path("dashboards/county/", county.county_dashboard, name="county_dashboard"),
]
