"""`make bench`: a durable cluster of its own, so that neither demo nor tests are touched."""

from supervisor.run import collect_static, manage
from supervisor.session import Session


def run_bench(session: Session, arguments: list[str]) -> int:
    given = session.given | {"DATA_DIR": str(session.layout.data / "bench"), "DEMO": "0"}
    with Session.open(given) as bench:
        bench.take_over_or_refuse()
        bench.start_services()
        collect_static(bench)
        manage(bench, "prepare")
        manage(bench, "bench", *arguments)
    return 0
