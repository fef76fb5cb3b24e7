"""What imports does at the doors of the apps below it."""

from disputes.services import blobs
from imports.selectors import goes_by


def connect() -> None:
    blobs.wanted_by(goes_by)
