from django.urls import path

from dashboards.views import county, home

urlpatterns = [
    path("", home.home, name="home"),
    path("dashboards/county/", county.county_dashboard, name="county_dashboard"),
]
