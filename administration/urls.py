"""The administrator's pages."""

from django.urls import path
from django.views.generic import RedirectView

from administration.views import (
    appointments,
    options,
    organizations,
    place_import,
    places,
    posts,
    sectors,
    tokens,
    users,
)

app_name = "manage"
urlpatterns = [
    path("", RedirectView.as_view(pattern_name="manage:users"), name="start"),
    path("options/<str:kind>/", options.OptionsView.as_view(), name="options"),
    path("places/", places.PlacesPage.as_view(), name="places"),
    path("places/new/", places.PlaceAddPage.as_view(), name="place_add"),
    path("places/import/", place_import.PlaceImportPage.as_view(), name="place_import"),
    path("places/<int:pk>/", places.PlaceEditPage.as_view(), name="place_edit"),
    path("places/<int:pk>/end/", places.PlaceEndPage.as_view(), name="place_end"),
    path("sectors/", sectors.SectorsPage.as_view(), name="sectors"),
    path("sectors/new/", sectors.SectorAddPage.as_view(), name="sector_add"),
    path("sectors/<int:pk>/", sectors.SectorEditPage.as_view(), name="sector_edit"),
    path("organizations/", organizations.OrganizationsPage.as_view(), name="organizations"),
    path("organizations/new/", organizations.OrganizationAddPage.as_view(), name="organization_add"),
    path("organizations/<str:code>/", organizations.OrganizationPage.as_view(), name="organization"),
    path(
        "organizations/<str:code>/edit/",
        organizations.OrganizationEditPage.as_view(),
        name="organization_edit",
    ),
    path(
        "organizations/<str:code>/end/", organizations.OrganizationEndPage.as_view(), name="organization_end"
    ),
    path("organizations/<str:code>/posts/new/", posts.PostAddPage.as_view(), name="post_add"),
    path("posts/vacant/", organizations.VacantPostsPage.as_view(), name="vacant_posts"),
    path("posts/<int:pk>/", posts.PostEditPage.as_view(), name="post_edit"),
    path("posts/<int:pk>/close/", posts.PostClosePage.as_view(), name="post_close"),
    path("posts/<int:pk>/open/", posts.PostOpenPage.as_view(), name="post_open"),
    path("posts/<int:pk>/hold/", posts.PostHoldPage.as_view(), name="post_hold"),
    path("users/", users.UsersPage.as_view(), name="users"),
    path("users/new/", users.UserAddPage.as_view(), name="user_add"),
    path("users/<int:pk>/", users.UserPage.as_view(), name="user"),
    path("users/<int:pk>/edit/", users.UserEditPage.as_view(), name="user_edit"),
    path("users/<int:pk>/state/", users.UserStatePage.as_view(), name="user_state"),
    path("users/<int:pk>/password/", users.UserPasswordPage.as_view(), name="user_password"),
    path("users/<int:pk>/codes/", users.UserCodesPage.as_view(), name="user_codes"),
    path("users/<int:pk>/unlock/", users.UserUnlockView.as_view(), name="user_unlock"),
    path("users/<int:pk>/appoint/", appointments.AppointPage.as_view(), name="appoint"),
    path("users/<int:pk>/tokens/new/", tokens.TokenIssuePage.as_view(), name="token_issue"),
    path("appointments/<int:pk>/end/", appointments.EndAppointmentPage.as_view(), name="appointment_end"),
    path("tokens/", tokens.TokensPage.as_view(), name="tokens"),
    path("tokens/<int:pk>/revoke/", tokens.TokenRevokePage.as_view(), name="token_revoke"),
]
