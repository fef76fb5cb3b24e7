from tests.early_warning.escalations.conftest import now, warned

__all__ = ["now", "warned"]
