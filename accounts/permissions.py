from enum import StrEnum


class Permission(StrEnum):
    """What a post may do. Code asks for these, never for a role's name."""

    VIEW_DISPUTES = "view_disputes"  # has disputes at all; which ones is `visible_to`
    REGISTER = "register"
    ACCEPT = "accept"  # accept, decline, merge
    DISPATCH = "dispatch"  # assign, transfer, decide returns and extensions, review results
    REPORT_UP = "report_up"
    ACCEPT_REPORT = "accept_report"  # the county centre takes over
    HANDLE = "handle"  # sign, report, suspend, ask, submit
    DECIDE_AGAIN = "decide_again"  # the second extension; the responsible leader's
    REVISIT = "revisit"
    CLOSE = "close"
    REOPEN = "reopen"
    BULK = "bulk"
    COORDINATE = "coordinate"  # 调度会, weekly review list
    LEAD = "lead"  # sees what waits for a leader
    SEARCH_NAMES = "search_names"
    UNMASK = "unmask"
    EXPORT = "export"
    VIEW_DASHBOARD = "view_dashboard"
    VIEW_AUDIT = "view_audit"
    VERIFY_LEDGER = "verify_ledger"
    MANAGE_STRUCTURE = "manage_structure"  # places, organizations, posts
    VIEW_PEOPLE = "view_people"  # who holds what; for those who keep data or rights
    MANAGE_PEOPLE = "manage_people"  # new accounts, names, phones, addresses
    MANAGE_RIGHTS = "manage_rights"  # appointments, stand-ins, tokens, passwords, locks
    MANAGE_CALENDAR = "manage_calendar"
    MANAGE_NOTIFICATIONS = "manage_notifications"
    MANAGE_WARNING_POLICY = (
        "manage_warning_policy"  # what the classifier goes by; a coordinator only at the county
    )
    DELEGATE = "delegate"  # enter a stand-in for the own post or, coordinators, for their leaders
