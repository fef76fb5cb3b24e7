from django.db import models

from accounts.models import User
from disputes.models.dispute import Dispute


class Following(models.Model):
    """关注: a user wants to hear what others do with a dispute. It opens nothing: who loses sight hears no more and
    finds it in no list. Nobody is shown who follows, nor how many."""

    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="followed_once", fields=["dispute", "user"])]

    def __str__(self) -> str:
        return f"{self.user_id} {self.dispute_id}"
