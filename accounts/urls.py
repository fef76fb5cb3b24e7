from django.urls import path

from accounts.views import delegations, kept_forms, profile

app_name = "accounts"
urlpatterns = [
    path("profile/", profile.ProfilePage.as_view(), name="profile"),
    path("kept/", kept_forms.KeptFormsPage.as_view(), name="kept_forms"),
    path("post/", profile.switch_post, name="switch_post"),
    path("standing-in/", delegations.DelegationsPage.as_view(), name="delegations"),
    path("standing-in/new/", delegations.DelegationAddPage.as_view(), name="delegation_add"),
    path(
        "standing-in/<int:pk>/confirm/",
        delegations.DelegationConfirmPage.as_view(),
        name="delegation_confirm",
    ),
    path("standing-in/<int:pk>/end/", delegations.DelegationEndPage.as_view(), name="delegation_end"),
]
