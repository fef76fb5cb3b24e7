from django.urls import path

from dashboards.views import calendar, county, help, home, palette

urlpatterns = [
    path("", home.home, name="home"),
    path("help/", help.own, name="help"),
    path("help/first-day/", help.first_day, name="first_day"),
    path("help/first-day/left/", help.first_day_left, name="first_day_left"),
    path("help/<str:role>/", help.of_role, name="help_role"),
    path("palette/", palette.palette, name="palette"),
    path("palette/options/", palette.options, name="palette_options"),
    path("calendar/", calendar.this_month, name="calendar"),
    path("calendar/<int:year>/<int:month>/", calendar.month, name="calendar_month"),
    path("calendar/subscription/", calendar.subscription, name="calendar_subscription"),
    path("calendar/subscription/new/", calendar.renew, name="calendar_renew"),
    path("calendar/subscription/withdraw/", calendar.withdraw, name="calendar_withdraw"),
    path("calendar/feed/<str:secret>.ics", calendar.feed, name="calendar_feed"),
    path("dashboards/county/", county.county_dashboard, name="county_dashboard"),
]
