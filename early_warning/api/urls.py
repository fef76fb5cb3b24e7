from django.urls import URLPattern, path

from early_warning.api import responsibility

urlpatterns: list[URLPattern] = [
    path("responsibility/resolve/", responsibility.ResolveResponsibility.as_view()),
]
