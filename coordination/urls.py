from django.urls import URLPattern, path

from coordination.views import meetings, people, weekly_review

app_name = "coordination"
urlpatterns: list[URLPattern] = [
    path("coordination/", meetings.home, name="meetings"),
    path("coordination/meetings/new/", meetings.new, name="new"),
    path("coordination/meetings/<int:meeting_id>/", meetings.meeting, name="meeting"),
    path("coordination/meetings/<int:meeting_id>/cases/", meetings.cases, name="cases"),
    path(
        "coordination/meetings/<int:meeting_id>/cases/<str:number>/remove/",
        meetings.remove_case,
        name="remove",
    ),
    path("coordination/meetings/<int:meeting_id>/cases/<str:number>/decide/", meetings.decide, name="decide"),
    path("coordination/meetings/<int:meeting_id>/close/", meetings.close, name="close"),
    path("coordination/meetings/<int:meeting_id>/minutes/", meetings.minutes, name="minutes"),
    path("coordination/decisions/<int:decision_id>/done/", meetings.done, name="done"),
    path("coordination/decisions/<int:decision_id>/report/", meetings.report, name="report"),
    path("coordination/reviews/", weekly_review.reviews, name="reviews"),
    path("coordination/reviews/<int:review_id>/", weekly_review.review, name="review"),
    path(
        "coordination/reviews/<int:review_id>/items/<int:item_id>/",
        weekly_review.opinion,
        name="review_opinion",
    ),
    path("coordination/reviews/<int:review_id>/close/", weekly_review.close, name="review_close"),
    path("<str:number>/pick/people/", people.people, name="people"),
]
