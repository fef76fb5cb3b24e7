from django.urls import path

from dashboards.views import county, home, palette

urlpatterns = [
    path("", home.home, name="home"),
    path("palette/", palette.palette, name="palette"),
    path("palette/options/", palette.options, name="palette_options"),
    path("dashboards/county/", county.county_dashboard, name="county_dashboard"),
]
