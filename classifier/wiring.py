"""Where the classifier's pages hang into the frame. Called once from `ready()`."""

from classifier.navigation import entries
from core import navigation


def connect() -> None:
    navigation.register(entries)
