from django.urls import URLPattern, path

from classifier.api import classify

urlpatterns: list[URLPattern] = [path("warnings/classify/", classify.ClassifyView.as_view())]
