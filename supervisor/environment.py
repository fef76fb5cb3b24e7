"""The environment that the product's own programs get."""

from urllib.parse import quote

from supervisor.keys import NAMES, load_keys
from supervisor.layout import Layout
from supervisor.roles import APP, DATABASE, OWNER

# Says that the addresses beside it were made by us: a shell that took them over with `eval` and then
# names another DATA_DIR must not carry the first folder's database along.
MARK = "HEJIE_SERVICES_OF"
ADDRESSES = ("DATABASE_URL", "OWNER_DATABASE_URL", "REDIS_URL")


def given_from_outside(environ: dict[str, str]) -> dict[str, str]:
    """The environment without what an earlier `supervisor env` put there."""
    if MARK not in environ:
        return dict(environ)
    ours = {MARK, *ADDRESSES, *NAMES}
    return {name: value for name, value in environ.items() if name not in ours}


def product_environment(layout: Layout, environ: dict[str, str]) -> dict[str, str]:
    """Only the names we add. What stands in `environ` (an outside database, keys) wins."""
    socket_folder = quote(str(layout.run))
    database_url = environ.get("DATABASE_URL")
    ours = {
        "DATA_DIR": str(layout.data),
        "DATABASE_URL": f"postgres://{APP}@/{DATABASE}?host={socket_folder}",
        "OWNER_DATABASE_URL": database_url or f"postgres://{OWNER}@/{DATABASE}?host={socket_folder}",
        "REDIS_URL": f"unix://{quote(str(layout.redis_socket))}?db=0",
    }
    wanted = ours | _keys(layout, environ)
    added = {name: environ.get(name) or value for name, value in wanted.items()}
    return added | {"DATA_DIR": str(layout.data), MARK: str(layout.data)}


def _keys(layout: Layout, environ: dict[str, str]) -> dict[str, str]:
    """The file is neither made nor read when every secret comes from outside."""
    if all(environ.get(name) for name in NAMES):
        return {name: environ[name] for name in NAMES}
    return load_keys(layout.secrets)
