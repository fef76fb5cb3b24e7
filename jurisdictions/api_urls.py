from django.urls import path

from jurisdictions.api import PlacesView, SectorsView

urlpatterns = [
    path("places/", PlacesView.as_view(), name="api_places"),
    path("sectors/", SectorsView.as_view(), name="api_sectors"),
]
