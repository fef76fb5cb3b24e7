from django.urls import path

from disputes.api import views

urlpatterns = [
    path("disputes/", views.DisputeList.as_view()),
    path("disputes/<str:number>/", views.DisputeDetail.as_view()),
    path("disputes/<str:number>/ledger/", views.DisputeTrail.as_view()),
    path("disputes/<str:number>/steps/<str:step>/", views.TakeStep.as_view()),
    path("categories/", views.CategoryList.as_view()),
]
