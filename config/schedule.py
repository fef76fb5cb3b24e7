"""Every periodic job in one table. `manage.py sweep` runs the same jobs once, as of a given time."""

# job name in core.jobs → seconds between runs
PERIODIC: dict[str, int] = {}
