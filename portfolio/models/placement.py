"""Personal data: the placement register with its letters, choices between equals, runs, and looks at names."""

from typing import Any

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portfolio.models.base import CenterRow, check, name_field, not_blank, number_field, text_field, unique
from portfolio.models.careers import MASK, OfPerson, person_key
from portfolio.models.catalogue import Role, Service
from portfolio.models.center import Center
from portfolio.models.letters import LetterKind
from portfolio.models.scenarios import Scenario


class Outcome(models.TextChoices):
    POST = "post", _("a post")
    OPEN = "open", _("not yet placed")
    SURPLUS = "surplus", _("redundant by decision")


class Stage(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    DISCUSSED = "discussed", _("discussed")
    AGREED = "agreed", _("agreed")
    OBJECTION = "objection", _("objection")
    DECIDED = "decided", _("decided")


class Ground(models.IntegerChoices):
    FOLLOWER = 1, _("follows the function")
    EXCHANGEABLE = 2, _("exchangeable")
    SUITABLE = 3, _("suitable")
    ACCEPTABLE = 4, _("acceptable")


def who(related: str = "+", **more: Any) -> models.ForeignKey:
    """A user, who may leave while the record stays."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name=related, **more
    )


@auditlog.register(include_fields=["kind", "made_at"])
class Letter(OfPerson):
    """A letter to one person, as it was made."""

    staff_member = person_key("letters")
    scenario = models.ForeignKey(
        Scenario, verbose_name=_("scenario"), on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=LetterKind.choices)
    subject = name_field(_("subject"))
    body = models.TextField(_("text"))
    made_at = models.DateTimeField(_("made on"))
    made_by = who(verbose_name=_("made by"))

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-made_at", "-pk"]
        constraints = [
            not_blank("body", _("A letter has a text.")),
            check("kind_known", Q(kind__in=LetterKind.values), _("This kind of letter is not known.")),
        ]

    def __str__(self) -> str:
        return f"{self.staff_member}, {self.get_kind_display()}"


def steps_of(scenario: Scenario) -> str:
    """Under which table the statuses of a scenario's register are noted among the changes of a person."""
    return f"placement {scenario.code}"


@auditlog.register(mask_fields=["reason"], mask_callable=MASK)
class PlacementRecord(OfPerson):
    """A line of the placement register: what is proposed, discussed or decided about one person in one scenario."""

    staff_member = person_key("placements")
    scenario = models.ForeignKey(
        Scenario, verbose_name=_("scenario"), on_delete=models.CASCADE, related_name="placements"
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, default=Outcome.POST)
    service = models.ForeignKey(
        Service, verbose_name=_("service"), on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    role = models.ForeignKey(
        Role, verbose_name=_("function"), on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    fte = number_field(_("FTE"), null=True, blank=True)
    ground = models.SmallIntegerField(_("ground"), choices=Ground.choices, null=True, blank=True)
    stage = models.CharField(_("status"), max_length=10, choices=Stage.choices, default=Stage.PROPOSED)
    reason = text_field(_("reason"))
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_by = who(verbose_name=_("decided by"), blank=True)
    letter = models.ForeignKey(
        Letter, verbose_name=_("letter"), on_delete=models.RESTRICT, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(_("changed on"), auto_now=True)

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placement register")
        ordering = ["scenario", "staff_member", "pk"]
        constraints = [
            unique(
                "post_once",
                ["staff_member", "scenario", "service", "role"],
                _("This person stands in the register for this post already."),
                condition=Q(outcome=Outcome.POST),
            ),
            unique(
                "open_once",
                ["staff_member", "scenario"],
                _("This person stands in the register without a post already."),
                condition=~Q(outcome=Outcome.POST),
            ),
            check("outcome_known", Q(outcome__in=Outcome.values), _("This outcome is not known.")),
            check("stage_known", Q(stage__in=Stage.values), _("This status is not known.")),
            check(
                "post_is_whole",
                Q(
                    outcome=Outcome.POST,
                    service__isnull=False,
                    role__isnull=False,
                    # Said apart: a NULL passes any other check in SQL.
                    ground__isnull=False,
                    fte__isnull=False,
                    ground__in=Ground.values,
                    fte__gt=0,
                    fte__lte=1,
                )
                | (
                    ~Q(outcome=Outcome.POST)
                    & Q(service__isnull=True, role__isnull=True, ground__isnull=True, fte__isnull=True)
                ),
                _(
                    "A post has a service, a function, a ground and an FTE; without a post there is none of them."
                ),
            ),
            check(
                "decision_is_dated",
                Q(stage=Stage.DECIDED, decided_on__isnull=False)
                | (~Q(stage=Stage.DECIDED) & Q(decided_on__isnull=True)),
                _("A decision has a date, and nothing else has."),
            ),
            check(
                "surplus_is_decided",
                ~Q(outcome=Outcome.SURPLUS) | Q(stage=Stage.DECIDED, letter__isnull=False),
                _("Nobody is redundant without a decision and its letter."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_member}, {self.scenario}"


@auditlog.register(include_fields=["scenario"])
class TieChoice(OfPerson):
    """HR's choice between people whom age band and length of service leave equal: who goes first, and why."""

    staff_member = person_key("tie_choices")
    scenario = models.ForeignKey(
        Scenario, verbose_name=_("scenario"), on_delete=models.CASCADE, related_name="+"
    )
    reason = models.TextField(_("reason"))
    made_at = models.DateTimeField(_("made on"), default=timezone.now)
    made_by = who(verbose_name=_("made by"))

    class Meta:
        verbose_name = _("choice between equals")
        verbose_name_plural = _("choices between equals")
        ordering = ["scenario", "staff_member"]
        constraints = [
            unique("once", ["staff_member", "scenario"], _("This choice has been made already.")),
            not_blank("reason", _("Say why this person goes first.")),
        ]

    def __str__(self) -> str:
        return f"{self.staff_member}, {self.scenario}"


class RunStatus(models.TextChoices):
    QUEUED = "queued", _("queued")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    CANCELED = "canceled", _("canceled")
    FAILED = "failed", _("failed")


class PlacementRun(CenterRow):
    """One search for a placement: its inputs by digest, how far it is, and what came of it."""

    center_path = "scenario__center"

    scenario = models.ForeignKey(
        Scenario, verbose_name=_("scenario"), on_delete=models.CASCADE, related_name="placement_runs"
    )
    digest = models.CharField(_("digest of the inputs"), max_length=64)
    engine_version = models.CharField(_("engine version"), max_length=20)
    status = models.CharField(_("status"), max_length=10, choices=RunStatus.choices, default=RunStatus.QUEUED)
    made_by = who(verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made on"))
    beat_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    step = models.CharField(_("step"), max_length=60, blank=True, default="")
    seconds = models.DecimalField(_("seconds"), max_digits=10, decimal_places=3, null=True, blank=True)
    blob = models.BinaryField(_("contents"), default=bytes)

    class Meta:
        verbose_name = _("search for a placement")
        verbose_name_plural = _("searches for a placement")
        ordering = ["-made_at", "-pk"]
        constraints = [
            unique(
                "once",
                ["scenario", "digest", "engine_version"],
                _("This placement is being searched already."),
                condition=Q(status__in=[RunStatus.QUEUED, RunStatus.RUNNING, RunStatus.DONE]),
            ),
            check("status_known", Q(status__in=RunStatus.values), _("This status is not known.")),
        ]

    def __str__(self) -> str:
        return f"{self.scenario}, {self.made_at:%Y-%m-%d %H:%M}"


class Look(models.TextChoices):
    LIST = "list", _("list of names")
    EXPORT = "export", _("export with names")
    PERSON = "person", _("one name")
    LETTER = "letter", _("letter")


class NameLook(CenterRow):
    """Who saw or took out names, when and why. It stays when the names are gone, so it holds numbers only."""

    center = models.ForeignKey(
        Center, verbose_name=_("center"), on_delete=models.CASCADE, related_name="name_looks"
    )
    user = who(verbose_name=_("user"))
    at = models.DateTimeField(_("on"))
    what = models.CharField(_("what"), max_length=10, choices=Look.choices)
    persons = models.PositiveIntegerField(_("persons"))
    number = name_field(_("number"), blank=True, default="")
    reason = text_field(_("reason"))

    class Meta:
        verbose_name = _("look at names")
        verbose_name_plural = _("looks at names")
        ordering = ["-at", "-pk"]
        constraints = [
            check("what_known", Q(what__in=Look.values), _("This kind of look is not known.")),
            check(
                "one_name_has_number",
                ~Q(what=Look.PERSON) | ~Q(number=""),
                _("A look at one name says at whose number."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}, {self.at:%Y-%m-%d %H:%M}"
