"""The vocabulary of the planner: the closed lists of words that inputs, results and pages share."""

from enum import StrEnum


class Phase(StrEnum):
    """Whether a service runs today or is on offer."""

    CURRENT = "current"
    NEW = "new"


class DecisionKind(StrEnum):
    """What a scenario decides about one service (method, section 3)."""

    KEEP = "keep"
    OUTSOURCE = "outsource"
    OUTSOURCE_MANAGED = "outsource_managed"
    RETURN = "return"
    STOP = "stop"
    START = "start"
    UNDECIDED = "undecided"


OUTSOURCING = frozenset({DecisionKind.OUTSOURCE, DecisionKind.OUTSOURCE_MANAGED})
ENDING = frozenset({DecisionKind.STOP, DecisionKind.RETURN})
FOR_CURRENT = frozenset(DecisionKind) - {DecisionKind.START}
FOR_NEW = frozenset({DecisionKind.START, DecisionKind.UNDECIDED})


class BuiltinKey(StrEnum):
    """Sharing keys that need no table; every driver is a key too."""

    EQUAL = "equal"
    DEMAND = "demand"


class Part(StrEnum):
    """The parts in which cost is shown, each with its own sharing (method, section 5)."""

    PEOPLE = "people"
    OVERHEAD = "overhead"
    FIXED = "fixed"
    CAPITAL = "capital"
    CONTRACTS = "contracts"
    QUANTITY = "quantity"
    ONE_OFF = "one_off"


SHARED_PARTS = (Part.PEOPLE, Part.OVERHEAD, Part.FIXED, Part.CAPITAL, Part.CONTRACTS)


class BoundBy(StrEnum):
    """What sets the size of a team."""

    MINIMUM = "minimum"
    DEMAND = "demand"


class LineKind(StrEnum):
    """A stated line costs money or brings it in."""

    ONE_OFF = "one_off"
    INCOME = "income"


class Status(StrEnum):
    """How sure an input is."""

    ESTIMATED = "estimated"
    ENTERED = "entered"
    CONFIRMED = "confirmed"


class ParticipantKind(StrEnum):
    """A municipality has inhabitants; another body (a social service) may have none."""

    MUNICIPALITY = "municipality"
    OTHER = "other"


class Option(StrEnum):
    """The five ways in which a municipality can have its ICT (method, section 6)."""

    OWN = "own"
    OWN_DATACENTER = "own_datacenter"
    MANAGED = "managed"
    SHARED = "shared"
    HOST = "host"


class Criterion(StrEnum):
    """What an option is judged on; a center may bring criteria of its own beside these."""

    FLEXIBILITY = "flexibility"
    SCALABILITY = "scalability"
    CONTINUITY = "continuity"
    SECURITY = "security"
    SPEED_OF_CHANGE = "speed_of_change"
    COST = "cost"
    INFLUENCE = "influence"


class Basis(StrEnum):
    """What the cost of going alone rests on."""

    STATED = "stated"
    ESTIMATE = "estimate"
    UNKNOWN = "unknown"


class Solution(StrEnum):
    """Divisions of the cost of a year that are no key (method, section 6)."""

    CONTRIBUTION = "contribution"
    SCRB = "scrb"
    SHAPLEY = "shapley"
    NUCLEOLUS = "nucleolus"


class ExitRule(StrEnum):
    """What an arrangement says of the sum that a leaver pays."""

    SILENT = "silent"
    PERCENTAGES = "percentages"
    DAMAGE = "damage"


class ExitBase(StrEnum):
    """Which contribution the percentages of an exit rule are taken of."""

    LAST_YEAR = "last_year"
    EACH_YEAR = "each_year"


class Verdict(StrEnum):
    """Whether a division keeps everyone in: it does, a small change makes it do so, none does, or it is not known."""

    STABLE = "stable"
    MENDABLE = "mendable"
    NONE = "none"
    BLOCKED = "blocked"


class Level(StrEnum):
    """How serious a finding is: an error stops the computation, the others travel along."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Comparison(StrEnum):
    """What becomes of an old function, judged on functions and never on persons (method, section 7)."""

    UNCHANGED = "unchanged"
    EXCHANGEABLE = "exchangeable"
    CHANGED = "changed"
    LAPSED = "lapsed"


class Unplaced(StrEnum):
    """Why somebody has no place in the new structure; "boventallig" is no such reason, but a person's decision."""

    PENSION = "pension"
    TEMPORARY = "temporary"
    EXTERNAL = "external"
    STAYS = "stays"
    LOCKS_CONFLICT = "locks_conflict"
    REFLECTION = "reflection"
    NO_OPTION = "no_option"
    TOO_SMALL = "too_small"
    NO_ROOM = "no_room"
    NOT_SOUGHT = "not_sought"


class RoleFamily(StrEnum):
    """Families of roles that the independence rules speak of; other families are free text."""

    CISO = "ciso"
    FG = "fg"
    PRIVACY = "privacy"
    ICT_OPERATIONS = "ict_operations"


SEPARATED = (
    frozenset({RoleFamily.FG, RoleFamily.CISO}),
    frozenset({RoleFamily.FG, RoleFamily.PRIVACY}),
    frozenset({RoleFamily.CISO, RoleFamily.ICT_OPERATIONS}),
)
