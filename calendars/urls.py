from django.urls import path

from calendars.views import days, imports, limits

app_name = "calendars"
urlpatterns = [
    path("", days.ThisYearView.as_view(), name="this_year"),
    path("<int:year>/", days.YearView.as_view(), name="year"),
    path("<int:year>/import/", imports.PlanImportView.as_view(), name="import"),
    path("<int:year>/plan.csv", imports.PlanDownloadView.as_view(), name="download"),
    path("days/<str:day>/", days.DayView.as_view(), name="day"),
    path("rules/", limits.RulesView.as_view(), name="rules"),
    path("rules/new/", limits.NewRuleView.as_view(), name="new_rule"),
    path("calculator/", limits.CalculatorView.as_view(), name="calculator"),
]
