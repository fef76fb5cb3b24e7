from django.urls import URLPattern, path

from imports.views import importing

app_name = "imports"
urlpatterns: list[URLPattern] = [
    path("", importing.imports, name="imports"),
    path("template/", importing.template, name="template"),
    path("<int:import_id>/", importing.report, name="report"),
    path("<int:import_id>/check/", importing.check, name="check"),
    path("<int:import_id>/progress/", importing.progress, name="progress"),
    path("<int:import_id>/refused/", importing.refused, name="refused"),
    path("<int:import_id>/stop/", importing.stop, name="stop"),
]
