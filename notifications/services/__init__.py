"""The only writers of notices and their deliveries. Lower doors for other apps: notify and notify_many."""

from notifications.services.notices import NewNotice, notify, notify_many, withdraw

__all__ = ["NewNotice", "notify", "notify_many", "withdraw"]
