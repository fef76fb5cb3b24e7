"""What the first page of a worker would otherwise wait for: addresses, templates, catalogues, the warning policy."""

import structlog
from django.db import DatabaseError, connections
from django.template.loader import get_template
from django.urls import get_resolver

from classifier.selectors.policy import policy_in_force
from core import catalogues, clock
from early_warning.errors import NotFound

PAGES = (
    "base.html",
    "dashboards/home.html",
    "disputes/ledger.html",
    "disputes/detail.html",
    "disputes/intake.html",
)

log = structlog.get_logger(__name__)


def warm_up() -> None:
    """Never keeps a worker from starting: without a database it comes up and answers 503 by itself."""
    get_resolver().url_patterns  # noqa: B018  # imports every view
    for page in PAGES:
        get_template(page)
    catalogues.look_up_once()
    try:
        policy_in_force(clock.now())
    except (DatabaseError, NotFound) as error:
        log.warning("not_warmed", error=str(error))
    finally:
        connections.close_all()  # each thread that serves opens its own
