from tests.disputes.conftest import in_hand, now, register

__all__ = ["in_hand", "now", "register"]  # what is kept begins where disputes' own tests begin
