"""The peer's side of the mixed load: the requests of its own measure.py, and a comment as its step."""

import importlib.util
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from benchmarks import mixed
from benchmarks.mixed import Load, Unexpected
from benchmarks.pages import COMMON_WORD
from benchmarks.server import HOST

PREFIX, PASSWORD, TIMEOUT_S = "/helpdesk", "peer-pass-1", 120
COMMENT = "BENCH 已电话联系双方，约定下周到现场见面。"
IN_PROGRESS = 1  # its status "open"
# Five tickets in hand for each client, as its ticket page's form sends them back.
TICKETS = f"""
    SELECT coalesce(json_agg(one), '[]') FROM (
        SELECT id, title, queue_id AS queue, priority, status AS new_status, coalesce(assigned_to_id, 0) AS owner
        FROM helpdesk_ticket WHERE status = {IN_PROGRESS} ORDER BY id DESC LIMIT {5 * mixed.CLIENTS}
    ) one"""
COMMENTS = f"SELECT count(*) FROM helpdesk_followup WHERE comment = '{COMMENT}'"
CLEAN_UP = f"DELETE FROM helpdesk_followup WHERE comment = '{COMMENT}'"


@dataclass
class Staff:
    """One of its staff users. A list is the page and the rows its script asks for, as measure.py counts it."""

    module: Any  # its measure.py
    client: Any
    tickets: list[dict[str, Any]]
    count: int
    rnd: random.Random
    sent: int = 0

    def read(self) -> None:
        self.client.get(f"{PREFIX}/tickets/{self.rnd.randrange(1, self.count + 1)}/")

    def find(self) -> None:
        searches = ("", f"queue={self.tickets[0]['queue']}&status={IN_PROGRESS}", f"q={quote(COMMON_WORD)}")
        self.module.list_page(self.client, self.rnd.choice(searches))

    def step(self) -> None:
        ticket = self.tickets[self.sent % len(self.tickets)]
        self.sent += 1
        fields = {**ticket, "comment": COMMENT, "csrfmiddlewaretoken": self.client.cookies["csrftoken"]}
        path = f"{PREFIX}/tickets/{fields.pop('id')}/update/"
        status, _body, location = self.client.request("POST", path, fields)
        if status != 302 or "login" in (location or ""):
            raise Unexpected(f"{path}: {status} {location}")


def measure(scripts: Path, *, port: int, count: int, tickets: list[dict[str, Any]], seconds: float) -> Load:
    """The same cards, clients and seconds as ours."""
    module = _script(scripts / "measure.py")
    people = []
    for number in range(mixed.CLIENTS):
        client = module.Client(HOST, port, TIMEOUT_S)
        client.login(f"staff{number + 1:03d}", PASSWORD)
        mine = tickets[number :: mixed.CLIENTS]
        people.append(Staff(module, client, mine, count, random.Random(number)))
    return mixed.run(people, seconds)


def _script(path: Path) -> Any:
    """Its measure.py as a module; it uses the standard library only."""
    spec = importlib.util.spec_from_file_location("peer_measure", path)
    if spec is None or spec.loader is None:
        raise OSError(f"{path} cannot be read")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
