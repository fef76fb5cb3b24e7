"""The database and the broker: embedded ones, unless an address was given from outside."""

from supervisor.identity import Identity
from supervisor.keeper import Keeper
from supervisor.layout import Layout
from supervisor.postgres import postgres_program
from supervisor.redis import redis_program
from supervisor.roles import ensure_database


def start_services(keeper: Keeper, layout: Layout, identity: Identity, environ: dict[str, str]) -> None:
    """Database first. The caller holds the lock and stops the keeper, also when this raises."""
    fast = environ.get("UNSAFE_FAST") == "1"
    if not environ.get("DATABASE_URL"):
        keeper.start(postgres_program(layout, identity, fast=fast))
        ensure_database(layout.run)
    if not environ.get("REDIS_URL"):
        keeper.start(redis_program(layout, identity, fast=fast))
