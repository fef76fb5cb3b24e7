"""How many disputes stand where they should: counted by all processes together, told to the pages and the terminal."""

import multiprocessing
from collections.abc import Callable

from demo import progress
from demo.progress import Progress

Say = Callable[[str], object]
LINES = 10  # in the terminal; pages are told of each one


class Count:
    """Made before the processes are forked, so that they share it."""

    def __init__(self, loaded: int, all_: int, say: Say) -> None:
        self._loaded = multiprocessing.get_context("fork").Value("i", loaded)
        self._all, self._say = all_, say
        self._tell(loaded)

    def one_more(self) -> None:
        """Under the lock also while telling, so that nobody tells a smaller number after a larger one."""
        with self._loaded.get_lock():
            self._loaded.value += 1
            self._tell(self._loaded.value)

    def _tell(self, loaded: int) -> None:
        progress.write(Progress(loaded, self._all))
        if loaded * LINES // self._all > (loaded - 1) * LINES // self._all:
            self._say(f"{loaded} of {self._all} disputes")
