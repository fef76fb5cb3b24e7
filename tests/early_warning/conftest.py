import pytest

from accounts.models import Appointment
from jurisdictions.models import Post


@pytest.fixture
def police_head(police: Appointment) -> Appointment:
    """The small county's police station, given a head."""
    post = Post.objects.create(organization=police.post.organization, role="head")
    return Appointment.objects.create(user=police.user, post=post, starts_on=police.starts_on)
