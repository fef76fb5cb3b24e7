"""What a step and the page of a case cost in statements, so that neither creeps up unseen."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from accounts.models import Appointment
from tests.factories.disputes import registered, take

pytestmark = pytest.mark.django_db

ACCEPT, ASSIGN, PAGE = 20, 38, 28  # one of each asks who follows it
REGISTER = 27  # with a look for twins and the notice


def test_a_step_and_the_page_cost_few_statements(
    clerk: Appointment,
    coordinator: Appointment,
    handler: Appointment,
    client_of: Callable[[Appointment], Client],
    monday: datetime,
    django_assert_max_num_queries: Any,
) -> None:
    dispute = registered(clerk, monday)
    unit = handler.post.organization.code
    with django_assert_max_num_queries(ACCEPT):
        take("accept", dispute, coordinator, monday)
    with django_assert_max_num_queries(ASSIGN):
        take("assign", dispute, coordinator, monday, lead_unit=unit)
    browser, page = client_of(coordinator), f"/disputes/{dispute.number}/"
    browser.get(page)
    with django_assert_max_num_queries(PAGE):
        assert browser.get(page).status_code == 200


def test_a_registration_costs_few_statements(
    clerk: Appointment, monday: datetime, django_assert_max_num_queries: Any
) -> None:
    registered(clerk, monday)
    with django_assert_max_num_queries(REGISTER):
        registered(clerk, monday, title="另一件")
