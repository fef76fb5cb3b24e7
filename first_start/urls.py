"""The guided first start; every page is closed once a county is there."""

from django.urls import path

from first_start.views import check, door, people, steps

app_name = "first_start"
urlpatterns = [
    path("", door.DoorPage.as_view(), name="door"),
    path("places/", steps.PlacesStep.as_view(), name="places"),
    path("units/", steps.UnitsStep.as_view(), name="units"),
    path("departments/", steps.DepartmentsStep.as_view(), name="departments"),
    path("people/", people.PeopleStep.as_view(), name="people"),
    path("calendar/", steps.CalendarStep.as_view(), name="calendar"),
    path("check/", check.CheckStep.as_view(), name="check"),
]
