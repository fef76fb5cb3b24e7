"""What can go wrong while starting, said so that the person at the terminal knows what to do."""


class Stopped(Exception):
    """The person asked us to stop while we were still starting."""


class CannotStart(Exception):
    """A condition the person must change; its text is the whole message, no traceback is shown."""
