from django.urls import URLPattern, path

from early_warning.api import classify, responsibility

urlpatterns: list[URLPattern] = [
    path("warnings/classify/", classify.ClassifyView.as_view()),
    path("responsibility/resolve/", responsibility.ResolveResponsibility.as_view()),
]
