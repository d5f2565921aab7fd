"""Who may see, edit and decide what: one table of roles and capabilities, and plain questions about it.

Deny by default: whoever has no membership of a center sees nothing of it, and what the table does not name
nobody may.
"""

from typing import Any

from django.conf import settings

from portfolio.models.center import Center, Membership, MembershipRole, Participant

D, C, H, R = MembershipRole.DIRECTOR, MembershipRole.CONTROLLER, MembershipRole.HR, MembershipRole.REVIEWER

#: What each role may do at its center. ``..._own_participant`` is meant for the participant of a reviewer;
#: the others may do it for every participant.
PERMISSIONS: dict[str, frozenset[MembershipRole]] = {
    "see_center": frozenset({D, C, H, R}),  # that it exists, its name and its catalogue
    "see_catalogue": frozenset({D, C, H, R}),
    "see_planning": frozenset({D, C, H}),  # all participants, scenarios, plans, findings
    "see_own_participant": frozenset({D, C, H, R}),  # one participant's page and figures
    "see_history": frozenset({D, C}),
    "see_staff_counts": frozenset({D, C, H}),  # persons and FTE per role and service
    "see_staff": frozenset({H}),  # the list, with names, scales and dates
    "edit_center": frozenset({D, C}),  # settings, participants, services, drivers, roles, sizing
    "edit_figures": frozenset({C}),  # budget, contracts, assets, keys, offers, lines
    "edit_own_participant": frozenset({D, C, R}),  # one participant's drivers, contribution, own effort
    "confirm_own_participant": frozenset({C, R}),  # set the seal on one participant's figures
    "weigh_own_options": frozenset(
        {D, C, R}
    ),  # what one participant could do instead: cost, judgment, weights
    # Who leaves or joins, and for what sum: it shows what everyone pays, so no reviewer, and not HR.
    "test_leaving": frozenset({D, C}),
    # Who pays what under which key: a reviewer sees the own participant, never a group or what another pays.
    "see_sharing": frozenset({D, C, R}),
    "see_all_shares": frozenset({D, C}),
    "edit_decisions": frozenset({D}),  # scenarios, decisions, uptake, requested and locked FTE
    # One name at a time, noted, and only when decisions are being taken.
    "see_name_to_decide": frozenset({D}),
    "edit_staff": frozenset({H}),
    "compute_plan": frozenset({D, C}),
    "import_workbook": frozenset({C, D}),
    "export_workbook": frozenset({D, C, H}),
    "export_staff": frozenset({H}),
    "manage_members": frozenset({D}),
}

#: What shows or changes who a person is: asks a second factor beside the password.
PERSONAL = frozenset({"see_staff", "edit_staff", "export_staff", "see_name_to_decide"})

#: Capabilities that a reviewer has for the own participant alone.
PER_PARTICIPANT = frozenset(
    {"see_own_participant", "edit_own_participant", "confirm_own_participant", "weigh_own_options"}
)


def membership_of(user: Any, center: Center) -> Membership | None:
    """What a user is to a center; None for a stranger, also for a superuser, who has the admin."""
    if not user.is_authenticated or not user.is_active:
        return None
    found: Membership | None = (
        Membership.objects.filter(user=user, center=center)
        .select_related("center", "participant", "user")
        .first()
    )
    return found


def may(membership: Membership | None, capability: str, participant: Participant | None = None) -> bool:
    """Whether someone may do something; for what is done per participant, to which one.

    An unknown capability is a mistake of the programmer, not a refusal.
    """
    roles = PERMISSIONS[capability]
    if membership is None or membership.role not in roles:
        return False
    if participant is not None and participant.center_id != membership.center_id:
        return False
    if membership.role == MembershipRole.REVIEWER and capability in PER_PARTICIPANT:
        return participant is not None and participant.pk == membership.participant_id
    return True


def is_open() -> bool:
    """Whether no second factor is asked at all, as in the demo."""
    return not settings.SECOND_FACTOR


def is_verified(user: Any) -> bool:
    """Whether somebody gave a second factor in this session, where the program asks for one."""
    return is_open() or bool(user.is_verified())


def capabilities(membership: Membership | None) -> frozenset[str]:
    """All that someone may do, for menus: a page still asks ``may`` itself."""
    if membership is None:
        return frozenset()
    return frozenset(capability for capability, roles in PERMISSIONS.items() if membership.role in roles)


#: What it takes to edit a table of the center; whoever may see the planning may read them all.
EDITING = {
    "center": "edit_center",
    "participants": "edit_center",
    "base_volumes": "edit_center",
    "drivers": "edit_center",
    "volumes": "edit_center",
    "services": "edit_center",
    "sizing": "edit_center",
    "role_mix": "edit_center",
    "roles": "edit_center",
    "alternatives": "edit_center",
    "scores": "edit_center",
    "weights": "edit_center",
    "budget": "edit_figures",
    "contracts": "edit_figures",
    "assets": "edit_figures",
    "shared_use": "edit_figures",
    "keys": "edit_figures",
    "offers": "edit_figures",
    "lines": "edit_figures",
    "own_effort": "edit_own_participant",
    "uptake": "edit_decisions",
}
#: Tables of which a reviewer sees and edits the rows of the own participant, and no others.
OF_OWN_PARTICIPANT = frozenset({"participants", "base_volumes", "own_effort", "uptake"})


def may_see_table(membership: Membership | None, table: str) -> bool:
    """Whether someone may open a table; a reviewer gets the own rows of some."""
    own = membership.participant if membership else None
    return may(membership, "see_planning") or (
        table in OF_OWN_PARTICIPANT and may(membership, "see_own_participant", own)
    )


def may_edit_table(membership: Membership | None, table: str) -> bool:
    """Whether someone may edit the rows of a table that are shown."""
    if may(membership, EDITING[table]):
        return True
    own = membership.participant if membership else None
    return own is not None and table in OF_OWN_PARTICIPANT and may(membership, "edit_own_participant", own)


def may_start_center(user: Any) -> bool:
    """Whether someone may start a center of the own: a superuser, who belongs to none yet, or who directs one.

    Whoever starts a center becomes its director, so a reviewer or controller elsewhere does not get there unasked.
    """
    if not user.is_authenticated or not user.is_active:
        return False
    roles = set(Membership.objects.filter(user=user).values_list("role", flat=True))
    return user.is_superuser or not roles or MembershipRole.DIRECTOR in roles
