"""Roles as readable classes: what a post of that role may do, and how far its holder sees."""

from enum import StrEnum

from accounts.permissions import Permission as P
from jurisdictions.choices import PostRole


class Reach(StrEnum):
    """Which access keys a post gives its holder."""

    PLACE = "place"  # everything of the town or county the organization lies in
    UNIT = "unit"  # what is or was assigned to the unit
    OWN = "own"  # what names the person or the post
    NONE = "none"  # no disputes at all


class Role:
    post_role: PostRole
    reach: Reach = Reach.UNIT
    permissions: frozenset[P] = frozenset()
    needs_one_time_code_at_county = True


HANDLING = {P.VIEW_DISPUTES, P.HANDLE, P.UNMASK}
LEADING = {P.VIEW_DISPUTES, P.LEAD, P.DECIDE_AGAIN, P.DELEGATE, P.UNMASK, P.SEARCH_NAMES, P.VIEW_DASHBOARD}


class Clerk(Role):
    post_role = PostRole.CLERK
    reach = Reach.PLACE
    permissions = frozenset({P.VIEW_DISPUTES, P.REGISTER, P.REVISIT, P.SEARCH_NAMES, P.UNMASK, P.EXPORT})


class Coordinator(Role):
    """The town centre's director; at the county centre the same role acts across towns."""

    post_role = PostRole.COORDINATOR
    reach = Reach.PLACE
    permissions = Clerk.permissions | {
        P.ACCEPT,
        P.DISPATCH,
        P.REPORT_UP,
        P.HANDLE,
        P.CLOSE,
        P.REOPEN,
        P.BULK,
        P.COORDINATE,
        P.DELEGATE,
        P.VIEW_DASHBOARD,
        P.MANAGE_WARNING_POLICY,
    }


class CountyOffice(Role):
    post_role = PostRole.OFFICE
    reach = Reach.PLACE
    permissions = Coordinator.permissions | {P.ACCEPT_REPORT, P.VERIFY_LEDGER}


class Handler(Role):
    post_role = PostRole.HANDLER
    permissions = frozenset(HANDLING)


class VillageSecretary(Role):
    """The village's first responsible person: registers what they hear and handles what is assigned."""

    post_role = PostRole.VILLAGE_SECRETARY
    permissions = frozenset(HANDLING | {P.REGISTER})


class Mediator(Role):
    post_role = PostRole.MEDIATOR
    reach = Reach.OWN
    permissions = frozenset(HANDLING | {P.REGISTER})


class Deputy(Role):
    post_role = PostRole.DEPUTY
    reach = Reach.PLACE
    permissions = frozenset(LEADING)


class PoliticalLegalMember(Deputy):
    post_role = PostRole.POLITICAL_LEGAL


class Head(Role):
    post_role = PostRole.HEAD
    reach = Reach.PLACE
    permissions = frozenset(LEADING)


class PartySecretary(Head):
    post_role = PostRole.PARTY_SECRETARY


class Duty(Role):
    """Takes danger reports and phone tasks; sees what is addressed to the post."""

    post_role = PostRole.DUTY
    reach = Reach.OWN
    permissions = frozenset({P.VIEW_DISPUTES})


class Auditor(Role):
    post_role = PostRole.AUDITOR
    reach = Reach.NONE
    permissions = frozenset({P.VIEW_AUDIT, P.VERIFY_LEDGER})


class Administrator(Role):
    """Keeps structure, people's data and settings; gives nobody a right. One of the three officers (三员)."""

    post_role = PostRole.ADMINISTRATOR
    reach = Reach.NONE
    permissions = frozenset(
        {
            P.MANAGE_STRUCTURE,
            P.VIEW_PEOPLE,
            P.MANAGE_PEOPLE,
            P.MANAGE_CALENDAR,
            P.MANAGE_NOTIFICATIONS,
            P.MANAGE_WARNING_POLICY,
        }
    )


class SecurityAdministrator(Role):
    """Gives and takes rights: appointments, stand-ins, tokens, passwords, locks; changes no data and no setting."""

    post_role = PostRole.SECURITY
    reach = Reach.NONE
    permissions = frozenset({P.VIEW_PEOPLE, P.MANAGE_RIGHTS, P.DELEGATE})


ROLES: dict[str, type[Role]] = {
    role.post_role.value: role
    for role in (
        Clerk,
        Coordinator,
        CountyOffice,
        Handler,
        VillageSecretary,
        Mediator,
        Deputy,
        PoliticalLegalMember,
        Head,
        PartySecretary,
        Duty,
        Auditor,
        Administrator,
        SecurityAdministrator,
    )
}
# 三员: three people, who never touch each other's accounts; see docs/adr/0017
OFFICERS = (PostRole.ADMINISTRATOR, PostRole.SECURITY, PostRole.AUDITOR)

# A leader's reach is their place only in organizations that govern it; elsewhere it is their own unit.
GOVERNING_KINDS = frozenset({"party_committee", "government", "governance_centre", "governance_committee"})


def reach_of(role: str, organization_kind: str) -> Reach:
    """How far a holder of this role in this kind of organization sees."""
    reach = ROLES[role].reach
    if reach is Reach.PLACE and organization_kind not in GOVERNING_KINDS:
        return Reach.UNIT
    return reach


def permissions_of(role: str) -> frozenset[P]:
    return ROLES[role].permissions
