import time
from typing import Any

import structlog
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)
PAUSE = 5.0  # seconds in which a broker that just failed is not asked again by this process


class _OneClient(RedisCacheClient):
    """One client for each server instead of one for each question; threads share it as they share its connections."""

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        index = self._get_connection_pool_index(write)  # type: ignore[attr-defined]  # Django's own
        clients = self.__dict__.setdefault("_clients", {})
        if index not in clients:
            clients[index] = super().get_client(key, write=write)
        return clients[index]


class FailOpenRedisCache(RedisCache):
    """Rate limits live here. Without Redis nothing is limited and a line says so; nobody is locked out.

    A page asks several times: after one vain wait the others in this process go on without.
    """

    away_until = 0.0  # of all threads of this process; monotonic clock

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._class = _OneClient

    def _try(self, method: str, default: Any, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() < FailOpenRedisCache.away_until:
            return default
        try:
            return getattr(super(), method)(*args, **kwargs)
        except (RedisError, OSError) as error:
            FailOpenRedisCache.away_until = time.monotonic() + PAUSE
            log.warning("cache_unavailable", method=method, error=str(error))
            return default

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        return self._try("get", default, key, default, version)

    def set(self, key: Any, value: Any, timeout: Any = 300, version: Any = None) -> None:
        self._try("set", None, key, value, timeout, version)

    def add(self, key: Any, value: Any, timeout: Any = 300, version: Any = None) -> bool:
        return self._try("add", True, key, value, timeout, version)

    def incr(self, key: Any, delta: int = 1, version: Any = None) -> int:
        return self._try("incr", 1, key, delta, version)

    def delete(self, key: Any, version: Any = None) -> bool:
        return self._try("delete", False, key, version)
