"""The first tables."""

from decimal import Decimal

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import portfolio.models.center
import portfolio.models.reference


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Center",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=portfolio.models.center.new_key,
                        editable=False,
                        max_length=22,
                        unique=True,
                        verbose_name="key in addresses",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "legal_form",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="legal form"),
                ),
                (
                    "start",
                    models.CharField(
                        help_text="As 2027-01; its year is the base year of all prices",
                        max_length=7,
                        verbose_name="first month",
                    ),
                ),
                (
                    "years",
                    models.DecimalField(
                        decimal_places=12,
                        default=Decimal("5"),
                        help_text="1.5 is eighteen months",
                        max_digits=24,
                        verbose_name="years",
                    ),
                ),
                (
                    "fte_step",
                    models.DecimalField(
                        decimal_places=12, default=Decimal("0.05"), max_digits=24, verbose_name="FTE step"
                    ),
                ),
                (
                    "wage_growth",
                    models.DecimalField(
                        decimal_places=12,
                        default=Decimal("0"),
                        max_digits=24,
                        verbose_name="wage growth per year",
                    ),
                ),
                (
                    "price_growth",
                    models.DecimalField(
                        decimal_places=12,
                        default=Decimal("0"),
                        max_digits=24,
                        verbose_name="price growth per year",
                    ),
                ),
                (
                    "overhead_per_fte",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        max_digits=14,
                        verbose_name="overhead per FTE per year",
                    ),
                ),
                (
                    "interest",
                    models.DecimalField(
                        decimal_places=12, default=Decimal("0"), max_digits=24, verbose_name="interest"
                    ),
                ),
                (
                    "discount_rate",
                    models.DecimalField(
                        decimal_places=12, default=Decimal("0"), max_digits=24, verbose_name="discount rate"
                    ),
                ),
                (
                    "productive_hours",
                    models.DecimalField(
                        decimal_places=12,
                        default=Decimal("1400"),
                        max_digits=24,
                        verbose_name="productive hours per FTE",
                    ),
                ),
            ],
            options={
                "verbose_name": "center",
                "verbose_name_plural": "centers",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="center_name_given",
                        violation_error_message="A center has a name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("start__regex", "\\A[12][0-9]{3}-(0[1-9]|1[0-2])\\Z")),
                        name="center_start_is_month",
                        violation_error_message="The first month is written as 2027-01.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("years__isnull", True),
                            models.Q(("years__gte", 1), ("years__lte", 40)),
                            _connector="OR",
                        ),
                        name="center_years_in_range",
                        violation_error_message="The horizon is 1 to 40 years.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fte_step__gt", 0), ("fte_step__lte", 1)),
                        name="center_fte_step_useful",
                        violation_error_message="The FTE step lies above 0 and is at most 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("wage_growth__gt", -1),
                            ("wage_growth__lte", 1),
                            ("price_growth__gt", -1),
                            ("price_growth__lte", 1),
                        ),
                        name="center_growth_in_range",
                        violation_error_message="Growth is a rate between -1 and 1: 0.03 is 3 %.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("interest__isnull", True),
                                models.Q(("interest__gte", 0), ("interest__lte", 1)),
                                _connector="OR",
                            ),
                            models.Q(
                                ("discount_rate__isnull", True),
                                models.Q(("discount_rate__gte", 0), ("discount_rate__lte", 1)),
                                _connector="OR",
                            ),
                        ),
                        name="center_rates_in_range",
                        violation_error_message="Interest and discount rate lie between 0 and 1: 0.02 is 2 %.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("overhead_per_fte__isnull", True), ("overhead_per_fte__gte", 0), _connector="OR"
                        ),
                        name="center_overhead_not_negative",
                        violation_error_message="Overhead cannot be negative.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("productive_hours__gt", 0), ("productive_hours__lte", 2000)),
                        name="center_hours_possible",
                        violation_error_message="Productive hours lie between 0 and 2000 a year.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("estimated", "estimated"),
                            ("entered", "entered"),
                            ("confirmed", "confirmed"),
                        ],
                        default="entered",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("source", models.TextField(blank=True, default="", verbose_name="source")),
                (
                    "spread",
                    models.DecimalField(
                        blank=True,
                        decimal_places=12,
                        help_text="Range of an estimate as a share either way: 0.3 is 30 %",
                        max_digits=24,
                        null=True,
                        verbose_name="spread",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="confirmed on"),
                ),
                (
                    "center",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participants",
                        to="portfolio.center",
                        verbose_name="center",
                    ),
                ),
                ("code", models.CharField(max_length=60, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("municipality", "municipality"), ("other", "other body")],
                        default="municipality",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "current_contribution",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="contribution today, per year",
                    ),
                ),
            ],
            options={
                "verbose_name": "participant",
                "verbose_name_plural": "participants",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["estimated", "entered", "confirmed"])),
                        name="participant_status_known",
                        violation_error_message="A figure is estimated, entered or confirmed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("spread__isnull", True),
                            models.Q(("spread__gte", 0), ("spread__lte", 1)),
                            _connector="OR",
                        ),
                        name="participant_spread_in_range",
                        violation_error_message="A spread is a share between 0 and 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "confirmed"),
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="participant_confirmed_when_dated",
                        violation_error_message="Only a confirmed figure says who confirmed it and when.",
                    ),
                    models.UniqueConstraint(
                        fields=("center", "code"),
                        name="participant_once",
                        violation_error_message="A participant with this code exists already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        name="participant_code_given",
                        violation_error_message="A participant has a code.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="participant_name_given",
                        violation_error_message="A participant has a name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["municipality", "other"])),
                        name="participant_kind_known",
                        violation_error_message="A participant is a municipality or another body.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("current_contribution__isnull", True),
                            ("current_contribution__gte", 0),
                            _connector="OR",
                        ),
                        name="participant_contribution_not_negative",
                        violation_error_message="A contribution cannot be negative.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Driver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("estimated", "estimated"),
                            ("entered", "entered"),
                            ("confirmed", "confirmed"),
                        ],
                        default="entered",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("source", models.TextField(blank=True, default="", verbose_name="source")),
                (
                    "spread",
                    models.DecimalField(
                        blank=True,
                        decimal_places=12,
                        help_text="Range of an estimate as a share either way: 0.3 is 30 %",
                        max_digits=24,
                        null=True,
                        verbose_name="spread",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="confirmed on"),
                ),
                (
                    "center",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drivers",
                        to="portfolio.center",
                        verbose_name="center",
                    ),
                ),
                ("code", models.CharField(max_length=60, verbose_name="code")),
                ("label", models.CharField(blank=True, default="", max_length=200, verbose_name="label")),
                (
                    "growth",
                    models.DecimalField(
                        decimal_places=12, default=Decimal("0"), max_digits=24, verbose_name="growth per year"
                    ),
                ),
            ],
            options={
                "verbose_name": "driver",
                "verbose_name_plural": "drivers",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["estimated", "entered", "confirmed"])),
                        name="driver_status_known",
                        violation_error_message="A figure is estimated, entered or confirmed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("spread__isnull", True),
                            models.Q(("spread__gte", 0), ("spread__lte", 1)),
                            _connector="OR",
                        ),
                        name="driver_spread_in_range",
                        violation_error_message="A spread is a share between 0 and 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "confirmed"),
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="driver_confirmed_when_dated",
                        violation_error_message="Only a confirmed figure says who confirmed it and when.",
                    ),
                    models.UniqueConstraint(
                        fields=("center", "code"),
                        name="driver_once",
                        violation_error_message="A driver with this code exists already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        name="driver_code_given",
                        violation_error_message="A driver has a code.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("growth__gt", -1), ("growth__lte", 10)),
                        name="driver_growth_in_range",
                        violation_error_message="Growth per year lies above -1 and is at most 10: 0.01 is 1 %.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DriverVolume",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("estimated", "estimated"),
                            ("entered", "entered"),
                            ("confirmed", "confirmed"),
                        ],
                        default="entered",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("source", models.TextField(blank=True, default="", verbose_name="source")),
                (
                    "spread",
                    models.DecimalField(
                        blank=True,
                        decimal_places=12,
                        help_text="Range of an estimate as a share either way: 0.3 is 30 %",
                        max_digits=24,
                        null=True,
                        verbose_name="spread",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="confirmed on"),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="volumes",
                        to="portfolio.participant",
                        verbose_name="participant",
                    ),
                ),
                (
                    "driver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="volumes",
                        to="portfolio.driver",
                        verbose_name="driver",
                    ),
                ),
                (
                    "year",
                    models.SmallIntegerField(
                        blank=True, help_text="Blank: the base year", null=True, verbose_name="year"
                    ),
                ),
                ("volume", models.DecimalField(decimal_places=12, max_digits=24, verbose_name="volume")),
            ],
            options={
                "verbose_name": "volume",
                "verbose_name_plural": "volumes",
                "ordering": ["participant", "driver", "year"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["estimated", "entered", "confirmed"])),
                        name="drivervolume_status_known",
                        violation_error_message="A figure is estimated, entered or confirmed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("spread__isnull", True),
                            models.Q(("spread__gte", 0), ("spread__lte", 1)),
                            _connector="OR",
                        ),
                        name="drivervolume_spread_in_range",
                        violation_error_message="A spread is a share between 0 and 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "confirmed"),
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="drivervolume_confirmed_when_dated",
                        violation_error_message="Only a confirmed figure says who confirmed it and when.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("year__isnull", True)),
                        fields=("participant", "driver"),
                        name="drivervolume_once_in_base_year",
                        violation_error_message="This participant has a volume of this driver already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("year__isnull", False)),
                        fields=("participant", "driver", "year"),
                        name="drivervolume_once_a_year",
                        violation_error_message="This participant has a volume of this driver in this year already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("volume__isnull", True), ("volume__gte", 0), _connector="OR"),
                        name="drivervolume_not_negative",
                        violation_error_message="A volume cannot be negative.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("year__isnull", True),
                            models.Q(("year__gte", 2000), ("year__lte", 2100)),
                            _connector="OR",
                        ),
                        name="drivervolume_year_in_range",
                        violation_error_message="A year lies between 2000 and 2100.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BudgetLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("estimated", "estimated"),
                            ("entered", "entered"),
                            ("confirmed", "confirmed"),
                        ],
                        default="entered",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("source", models.TextField(blank=True, default="", verbose_name="source")),
                (
                    "spread",
                    models.DecimalField(
                        blank=True,
                        decimal_places=12,
                        help_text="Range of an estimate as a share either way: 0.3 is 30 %",
                        max_digits=24,
                        null=True,
                        verbose_name="spread",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="confirmed on"),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="budget",
                        to="portfolio.participant",
                        verbose_name="participant",
                    ),
                ),
                ("year", models.SmallIntegerField(verbose_name="year")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="amount")),
            ],
            options={
                "verbose_name": "budget line",
                "verbose_name_plural": "budget lines",
                "ordering": ["participant", "year"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["estimated", "entered", "confirmed"])),
                        name="budgetline_status_known",
                        violation_error_message="A figure is estimated, entered or confirmed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("spread__isnull", True),
                            models.Q(("spread__gte", 0), ("spread__lte", 1)),
                            _connector="OR",
                        ),
                        name="budgetline_spread_in_range",
                        violation_error_message="A spread is a share between 0 and 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "confirmed"),
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="budgetline_confirmed_when_dated",
                        violation_error_message="Only a confirmed figure says who confirmed it and when.",
                    ),
                    models.UniqueConstraint(
                        fields=("participant", "year"),
                        name="budgetline_once_a_year",
                        violation_error_message="The budget of this year is there already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("year__isnull", True),
                            models.Q(("year__gte", 2000), ("year__lte", 2100)),
                            _connector="OR",
                        ),
                        name="budgetline_year_in_range",
                        violation_error_message="A year lies between 2000 and 2100.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                        name="budgetline_not_negative",
                        violation_error_message="A contribution cannot be negative.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KeyPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("estimated", "estimated"),
                            ("entered", "entered"),
                            ("confirmed", "confirmed"),
                        ],
                        default="entered",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("source", models.TextField(blank=True, default="", verbose_name="source")),
                (
                    "spread",
                    models.DecimalField(
                        blank=True,
                        decimal_places=12,
                        help_text="Range of an estimate as a share either way: 0.3 is 30 %",
                        max_digits=24,
                        null=True,
                        verbose_name="spread",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="confirmed on"),
                ),
                (
                    "center",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="key_parts",
                        to="portfolio.center",
                        verbose_name="center",
                    ),
                ),
                ("key", models.CharField(max_length=60, verbose_name="key")),
                (
                    "part",
                    models.CharField(
                        help_text="A participant's code, or the name of another key",
                        max_length=60,
                        verbose_name="part",
                    ),
                ),
                ("share", models.DecimalField(decimal_places=12, max_digits=24, verbose_name="share")),
            ],
            options={
                "verbose_name": "part of a key",
                "verbose_name_plural": "parts of keys",
                "ordering": ["key", "part"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["estimated", "entered", "confirmed"])),
                        name="keypart_status_known",
                        violation_error_message="A figure is estimated, entered or confirmed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("spread__isnull", True),
                            models.Q(("spread__gte", 0), ("spread__lte", 1)),
                            _connector="OR",
                        ),
                        name="keypart_spread_in_range",
                        violation_error_message="A spread is a share between 0 and 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "confirmed"),
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="keypart_confirmed_when_dated",
                        violation_error_message="Only a confirmed figure says who confirmed it and when.",
                    ),
                    models.UniqueConstraint(
                        fields=("center", "key", "part"),
                        name="keypart_once",
                        violation_error_message="This part stands in the key already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True),
                        name="keypart_key_given",
                        violation_error_message="A key has a name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("part", ""), _negated=True),
                        name="keypart_part_given",
                        violation_error_message="A part of a key names a participant or another key.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("share__isnull", True),
                            models.Q(("share__gte", 0), ("share__lte", 1)),
                            _connector="OR",
                        ),
                        name="keypart_share_in_range",
                        violation_error_message="A share lies between 0 and 1.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "center",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="portfolio.center",
                        verbose_name="center",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("director", "director"),
                            ("controller", "controller"),
                            ("hr", "HR officer"),
                            ("reviewer", "reviewer of one participant"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        blank=True,
                        help_text="Only for a reviewer",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="portfolio.participant",
                        verbose_name="participant",
                    ),
                ),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
                "ordering": ["center", "role", "user"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "center"),
                        name="membership_once",
                        violation_error_message="This user has a role at this center already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["director", "controller", "hr", "reviewer"])),
                        name="membership_role_known",
                        violation_error_message="This role is not known.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("participant__isnull", False), ("role", "reviewer")),
                            models.Q(
                                models.Q(("role", "reviewer"), _negated=True), ("participant__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="membership_reviewer_has_participant",
                        violation_error_message="A reviewer reviews one participant, and nobody else has one.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ParticipantSeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "participant",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seal",
                        to="portfolio.participant",
                        verbose_name="participant",
                    ),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="digest")),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                ("confirmed_at", models.DateTimeField(verbose_name="confirmed on")),
            ],
            options={
                "verbose_name": "confirmation of a participant",
                "verbose_name_plural": "confirmations of participants",
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Municipality",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("gm_code", models.CharField(max_length=6, unique=True, verbose_name="code")),
                ("name", models.CharField(db_index=True, max_length=200, verbose_name="name")),
                ("inhabitants", models.IntegerField(verbose_name="inhabitants")),
                ("reference_date", models.DateField(verbose_name="reference date")),
                ("source", models.CharField(blank=True, default="", max_length=200, verbose_name="source")),
            ],
            options={
                "verbose_name": "municipality",
                "verbose_name_plural": "municipalities",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("gm_code__regex", "\\AGM[0-9]{4}\\Z")),
                        name="municipality_code_form",
                        violation_error_message="A municipality's code is written as GM0363.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="municipality_name_given",
                        violation_error_message="A municipality has a name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("inhabitants__gte", 0)),
                        name="municipality_inhabitants_not_negative",
                        violation_error_message="Inhabitants cannot be negative.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DriverTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=60, unique=True, verbose_name="code")),
                ("label_nl", models.CharField(max_length=200, verbose_name="label, in Dutch")),
                ("label_en", models.CharField(max_length=200, verbose_name="label, in English")),
                (
                    "growth",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        validators=[portfolio.models.reference.check_growth],
                        verbose_name="growth per year",
                    ),
                ),
            ],
            options={
                "verbose_name": "template of a driver",
                "verbose_name_plural": "templates of drivers",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        name="drivertemplate_code_given",
                        violation_error_message="A template has a code.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=60, unique=True, verbose_name="code")),
                ("name_nl", models.CharField(max_length=200, verbose_name="name, in Dutch")),
                ("name_en", models.CharField(max_length=200, verbose_name="name, in English")),
                ("family", models.CharField(blank=True, default="", max_length=200, verbose_name="family")),
                ("scale", models.CharField(blank=True, default="", max_length=200, verbose_name="scale")),
                (
                    "annual_cost",
                    models.JSONField(
                        validators=[portfolio.models.reference.check_amount],
                        verbose_name="cost per FTE per year",
                    ),
                ),
            ],
            options={
                "verbose_name": "template of a role",
                "verbose_name_plural": "templates of roles",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        name="roletemplate_code_given",
                        violation_error_message="A template has a code.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SalaryTable",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("agreement", models.CharField(max_length=200, verbose_name="agreement")),
                ("unit", models.CharField(max_length=200, verbose_name="unit")),
                (
                    "basis",
                    models.CharField(
                        choices=[("sourced", "sourced"), ("assumption", "assumption, to be set")],
                        max_length=20,
                        verbose_name="basis",
                    ),
                ),
                ("source", models.TextField(blank=True, default="", verbose_name="source")),
                ("note_nl", models.TextField(blank=True, default="", verbose_name="note, in Dutch")),
                ("note_en", models.TextField(blank=True, default="", verbose_name="note, in English")),
                (
                    "scales",
                    models.JSONField(
                        validators=[portfolio.models.reference.check_scales], verbose_name="scales"
                    ),
                ),
            ],
            options={
                "verbose_name": "salary table",
                "verbose_name_plural": "salary tables",
                "ordering": ["-valid_from"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agreement", "valid_from"),
                        name="salarytable_once",
                        violation_error_message="This agreement has a table from this date already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("basis__in", ["sourced", "assumption"])),
                        name="salarytable_basis_known",
                        violation_error_message="A table is sourced or an assumption.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("basis", "sourced"), _negated=True),
                            models.Q(("source", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="salarytable_source_given",
                        violation_error_message="A sourced table says where it stands.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=60, unique=True, verbose_name="code")),
                ("order", models.SmallIntegerField(default=0, verbose_name="order")),
                (
                    "phase",
                    models.CharField(
                        choices=[("current", "current"), ("new", "new")], max_length=20, verbose_name="phase"
                    ),
                ),
                ("category_nl", models.CharField(max_length=200, verbose_name="category, in Dutch")),
                ("category_en", models.CharField(max_length=200, verbose_name="category, in English")),
                ("name_nl", models.CharField(max_length=200, verbose_name="name, in Dutch")),
                ("name_en", models.CharField(max_length=200, verbose_name="name, in English")),
                (
                    "description_nl",
                    models.TextField(blank=True, default="", verbose_name="description, in Dutch"),
                ),
                (
                    "description_en",
                    models.TextField(blank=True, default="", verbose_name="description, in English"),
                ),
                (
                    "included_nl",
                    models.JSONField(
                        blank=True,
                        default=list,
                        validators=[portfolio.models.reference.check_sentences],
                        verbose_name="what is in, in Dutch",
                    ),
                ),
                (
                    "included_en",
                    models.JSONField(
                        blank=True,
                        default=list,
                        validators=[portfolio.models.reference.check_sentences],
                        verbose_name="what is in, in English",
                    ),
                ),
                (
                    "excluded_nl",
                    models.JSONField(
                        blank=True,
                        default=list,
                        validators=[portfolio.models.reference.check_sentences],
                        verbose_name="what is out, in Dutch",
                    ),
                ),
                (
                    "excluded_en",
                    models.JSONField(
                        blank=True,
                        default=list,
                        validators=[portfolio.models.reference.check_sentences],
                        verbose_name="what is out, in English",
                    ),
                ),
                (
                    "role_mix",
                    models.JSONField(
                        validators=[portfolio.models.reference.check_role_mix],
                        verbose_name="roles in the team",
                    ),
                ),
                (
                    "competences",
                    models.JSONField(
                        blank=True,
                        default=list,
                        validators=[portfolio.models.reference.check_competences],
                        verbose_name="competences",
                    ),
                ),
                (
                    "sizing",
                    models.JSONField(
                        blank=True,
                        default=list,
                        validators=[portfolio.models.reference.check_sizing],
                        verbose_name="sizing rules",
                    ),
                ),
                (
                    "figures",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        validators=[portfolio.models.reference.check_figures],
                        verbose_name="default figures",
                    ),
                ),
                ("fte_key", models.CharField(default="demand", max_length=60, verbose_name="key for FTE")),
                ("cost_key", models.CharField(default="demand", max_length=60, verbose_name="key for cost")),
                (
                    "depends_on",
                    models.JSONField(
                        blank=True,
                        default=list,
                        validators=[portfolio.models.reference.check_codes],
                        verbose_name="depends on",
                    ),
                ),
                (
                    "outsourcing",
                    models.JSONField(
                        validators=[portfolio.models.reference.check_outsourcing],
                        verbose_name="what outsourcing does",
                    ),
                ),
                (
                    "less_obvious",
                    models.BooleanField(
                        default=False,
                        help_text="Value only comes with far-reaching harmonization of applications and processes",
                        verbose_name="less obvious",
                    ),
                ),
                (
                    "questions_nl",
                    models.JSONField(
                        blank=True,
                        default=list,
                        validators=[portfolio.models.reference.check_sentences],
                        verbose_name="questions first, in Dutch",
                    ),
                ),
                (
                    "questions_en",
                    models.JSONField(
                        blank=True,
                        default=list,
                        validators=[portfolio.models.reference.check_sentences],
                        verbose_name="questions first, in English",
                    ),
                ),
            ],
            options={
                "verbose_name": "template of a service",
                "verbose_name_plural": "templates of services",
                "ordering": ["order", "code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        name="servicetemplate_code_given",
                        violation_error_message="A template has a code.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("phase__in", ["current", "new"])),
                        name="servicetemplate_phase_known",
                        violation_error_message="A service is current or new.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Role",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("estimated", "estimated"),
                            ("entered", "entered"),
                            ("confirmed", "confirmed"),
                        ],
                        default="entered",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("source", models.TextField(blank=True, default="", verbose_name="source")),
                (
                    "spread",
                    models.DecimalField(
                        blank=True,
                        decimal_places=12,
                        help_text="Range of an estimate as a share either way: 0.3 is 30 %",
                        max_digits=24,
                        null=True,
                        verbose_name="spread",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="confirmed on"),
                ),
                (
                    "center",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roles",
                        to="portfolio.center",
                        verbose_name="center",
                    ),
                ),
                ("code", models.CharField(max_length=60, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("family", models.CharField(blank=True, default="", max_length=200, verbose_name="family")),
                ("scale", models.CharField(blank=True, default="", max_length=200, verbose_name="scale")),
                (
                    "annual_cost",
                    models.DecimalField(
                        decimal_places=2, max_digits=14, verbose_name="cost per FTE per year"
                    ),
                ),
            ],
            options={
                "verbose_name": "role",
                "verbose_name_plural": "roles",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["estimated", "entered", "confirmed"])),
                        name="role_status_known",
                        violation_error_message="A figure is estimated, entered or confirmed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("spread__isnull", True),
                            models.Q(("spread__gte", 0), ("spread__lte", 1)),
                            _connector="OR",
                        ),
                        name="role_spread_in_range",
                        violation_error_message="A spread is a share between 0 and 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "confirmed"),
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="role_confirmed_when_dated",
                        violation_error_message="Only a confirmed figure says who confirmed it and when.",
                    ),
                    models.UniqueConstraint(
                        fields=("center", "code"),
                        name="role_once",
                        violation_error_message="A role with this code exists already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        name="role_code_given",
                        violation_error_message="A role has a code.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="role_name_given",
                        violation_error_message="A role has a name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("annual_cost__isnull", True), ("annual_cost__gte", 0), _connector="OR"
                        ),
                        name="role_cost_not_negative",
                        violation_error_message="The cost of a role cannot be negative.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Service",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("estimated", "estimated"),
                            ("entered", "entered"),
                            ("confirmed", "confirmed"),
                        ],
                        default="entered",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("source", models.TextField(blank=True, default="", verbose_name="source")),
                (
                    "spread",
                    models.DecimalField(
                        blank=True,
                        decimal_places=12,
                        help_text="Range of an estimate as a share either way: 0.3 is 30 %",
                        max_digits=24,
                        null=True,
                        verbose_name="spread",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="confirmed on"),
                ),
                (
                    "center",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="services",
                        to="portfolio.center",
                        verbose_name="center",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="services",
                        to="portfolio.servicetemplate",
                        verbose_name="template",
                    ),
                ),
                ("code", models.CharField(max_length=60, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "category",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="category"),
                ),
                (
                    "phase",
                    models.CharField(
                        choices=[("current", "current"), ("new", "new")], max_length=20, verbose_name="phase"
                    ),
                ),
                ("description", models.TextField(blank=True, default="", verbose_name="description")),
                (
                    "base_fte",
                    models.DecimalField(
                        decimal_places=12,
                        default=Decimal("0"),
                        max_digits=24,
                        verbose_name="FTE per participant",
                    ),
                ),
                (
                    "fixed_fte",
                    models.DecimalField(
                        decimal_places=12,
                        default=Decimal("0"),
                        max_digits=24,
                        verbose_name="FTE for the whole pool",
                    ),
                ),
                (
                    "min_fte",
                    models.DecimalField(
                        decimal_places=12, default=Decimal("0"), max_digits=24, verbose_name="smallest team"
                    ),
                ),
                ("min_persons", models.SmallIntegerField(default=0, verbose_name="persons needed for cover")),
                (
                    "min_slice",
                    models.DecimalField(
                        decimal_places=12,
                        default=Decimal("0"),
                        max_digits=24,
                        verbose_name="smallest useful slice",
                    ),
                ),
                (
                    "fixed_cost",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        max_digits=14,
                        verbose_name="cost besides people, per year",
                    ),
                ),
                (
                    "solo_min_fte",
                    models.DecimalField(
                        decimal_places=12,
                        default=Decimal("0"),
                        max_digits=24,
                        verbose_name="smallest team of one participant alone",
                    ),
                ),
                (
                    "solo_fixed_cost",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="cost besides people of one participant alone",
                    ),
                ),
                ("fte_key", models.CharField(default="demand", max_length=60, verbose_name="key for FTE")),
                ("cost_key", models.CharField(default="demand", max_length=60, verbose_name="key for cost")),
                (
                    "depends_on",
                    models.ManyToManyField(
                        blank=True,
                        related_name="needed_by",
                        to="portfolio.service",
                        verbose_name="depends on",
                    ),
                ),
            ],
            options={
                "verbose_name": "service",
                "verbose_name_plural": "services",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["estimated", "entered", "confirmed"])),
                        name="service_status_known",
                        violation_error_message="A figure is estimated, entered or confirmed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("spread__isnull", True),
                            models.Q(("spread__gte", 0), ("spread__lte", 1)),
                            _connector="OR",
                        ),
                        name="service_spread_in_range",
                        violation_error_message="A spread is a share between 0 and 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "confirmed"),
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="service_confirmed_when_dated",
                        violation_error_message="Only a confirmed figure says who confirmed it and when.",
                    ),
                    models.UniqueConstraint(
                        fields=("center", "code"),
                        name="service_once",
                        violation_error_message="A service with this code exists already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        name="service_code_given",
                        violation_error_message="A service has a code.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="service_name_given",
                        violation_error_message="A service has a name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("phase__in", ["current", "new"])),
                        name="service_phase_known",
                        violation_error_message="A service is current or new.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("base_fte__isnull", True), ("base_fte__gte", 0), _connector="OR"),
                            models.Q(("fixed_fte__isnull", True), ("fixed_fte__gte", 0), _connector="OR"),
                            models.Q(("min_fte__isnull", True), ("min_fte__gte", 0), _connector="OR"),
                            models.Q(("min_slice__isnull", True), ("min_slice__gte", 0), _connector="OR"),
                            models.Q(
                                ("solo_min_fte__isnull", True), ("solo_min_fte__gte", 0), _connector="OR"
                            ),
                        ),
                        name="service_fte_not_negative",
                        violation_error_message="FTE cannot be negative.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("min_persons__isnull", True), ("min_persons__gte", 0), _connector="OR"
                        ),
                        name="service_persons_not_negative",
                        violation_error_message="A number of persons cannot be negative.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fixed_cost__isnull", True), ("fixed_cost__gte", 0), _connector="OR"),
                            models.Q(
                                ("solo_fixed_cost__isnull", True),
                                ("solo_fixed_cost__gte", 0),
                                _connector="OR",
                            ),
                        ),
                        name="service_cost_not_negative",
                        violation_error_message="A cost cannot be negative.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fte_key", ""), _negated=True),
                        name="service_fte_key_given",
                        violation_error_message="A service has a key that divides its FTE.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cost_key", ""), _negated=True),
                        name="service_cost_key_given",
                        violation_error_message="A service has a key that divides its cost.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sizing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("estimated", "estimated"),
                            ("entered", "entered"),
                            ("confirmed", "confirmed"),
                        ],
                        default="entered",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("source", models.TextField(blank=True, default="", verbose_name="source")),
                (
                    "spread",
                    models.DecimalField(
                        blank=True,
                        decimal_places=12,
                        help_text="Range of an estimate as a share either way: 0.3 is 30 %",
                        max_digits=24,
                        null=True,
                        verbose_name="spread",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="confirmed on"),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sizing",
                        to="portfolio.service",
                        verbose_name="service",
                    ),
                ),
                (
                    "driver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="sizing",
                        to="portfolio.driver",
                        verbose_name="driver",
                    ),
                ),
                (
                    "per",
                    models.DecimalField(decimal_places=12, max_digits=24, verbose_name="per how many units"),
                ),
                (
                    "fte",
                    models.DecimalField(
                        decimal_places=12, default=Decimal("0"), max_digits=24, verbose_name="FTE"
                    ),
                ),
                (
                    "price",
                    models.DecimalField(
                        decimal_places=6, default=Decimal("0"), max_digits=15, verbose_name="price"
                    ),
                ),
            ],
            options={
                "verbose_name": "sizing rule",
                "verbose_name_plural": "sizing rules",
                "ordering": ["service", "driver"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["estimated", "entered", "confirmed"])),
                        name="sizing_status_known",
                        violation_error_message="A figure is estimated, entered or confirmed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("spread__isnull", True),
                            models.Q(("spread__gte", 0), ("spread__lte", 1)),
                            _connector="OR",
                        ),
                        name="sizing_spread_in_range",
                        violation_error_message="A spread is a share between 0 and 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "confirmed"),
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="sizing_confirmed_when_dated",
                        violation_error_message="Only a confirmed figure says who confirmed it and when.",
                    ),
                    models.UniqueConstraint(
                        fields=("service", "driver"),
                        name="sizing_once",
                        violation_error_message="This service has a rule for this driver already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("per__gt", 0)),
                        name="sizing_per_positive",
                        violation_error_message="A rule goes per a number of units above 0.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fte__isnull", True), ("fte__gte", 0), _connector="OR"),
                        name="sizing_fte_not_negative",
                        violation_error_message="FTE cannot be negative.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("price__isnull", True), ("price__gte", 0), _connector="OR"),
                        name="sizing_price_not_negative",
                        violation_error_message="A price cannot be negative.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleMix",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("estimated", "estimated"),
                            ("entered", "entered"),
                            ("confirmed", "confirmed"),
                        ],
                        default="entered",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("source", models.TextField(blank=True, default="", verbose_name="source")),
                (
                    "spread",
                    models.DecimalField(
                        blank=True,
                        decimal_places=12,
                        help_text="Range of an estimate as a share either way: 0.3 is 30 %",
                        max_digits=24,
                        null=True,
                        verbose_name="spread",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="confirmed on"),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="role_mix",
                        to="portfolio.service",
                        verbose_name="service",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="role_mix",
                        to="portfolio.role",
                        verbose_name="role",
                    ),
                ),
                ("share", models.DecimalField(decimal_places=12, max_digits=24, verbose_name="share")),
            ],
            options={
                "verbose_name": "role in a team",
                "verbose_name_plural": "roles in teams",
                "ordering": ["service", "role"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["estimated", "entered", "confirmed"])),
                        name="rolemix_status_known",
                        violation_error_message="A figure is estimated, entered or confirmed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("spread__isnull", True),
                            models.Q(("spread__gte", 0), ("spread__lte", 1)),
                            _connector="OR",
                        ),
                        name="rolemix_spread_in_range",
                        violation_error_message="A spread is a share between 0 and 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "confirmed"),
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="rolemix_confirmed_when_dated",
                        violation_error_message="Only a confirmed figure says who confirmed it and when.",
                    ),
                    models.UniqueConstraint(
                        fields=("service", "role"),
                        name="rolemix_once",
                        violation_error_message="This role is in the team already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("share__isnull", True),
                            models.Q(("share__gte", 0), ("share__lte", 1)),
                            _connector="OR",
                        ),
                        name="rolemix_share_in_range",
                        violation_error_message="A share lies between 0 and 1.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("estimated", "estimated"),
                            ("entered", "entered"),
                            ("confirmed", "confirmed"),
                        ],
                        default="entered",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("source", models.TextField(blank=True, default="", verbose_name="source")),
                (
                    "spread",
                    models.DecimalField(
                        blank=True,
                        decimal_places=12,
                        help_text="Range of an estimate as a share either way: 0.3 is 30 %",
                        max_digits=24,
                        null=True,
                        verbose_name="spread",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="confirmed on"),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="offers",
                        to="portfolio.service",
                        verbose_name="service",
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("outsource", "outsource the infrastructure"),
                            ("outsource_managed", "outsource with management"),
                        ],
                        max_length=20,
                        verbose_name="decision",
                    ),
                ),
                (
                    "driver",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="offers",
                        to="portfolio.driver",
                        verbose_name="driver",
                    ),
                ),
                (
                    "per",
                    models.DecimalField(
                        decimal_places=12,
                        default=Decimal("1"),
                        max_digits=24,
                        verbose_name="per how many units",
                    ),
                ),
                (
                    "price",
                    models.DecimalField(
                        decimal_places=6, default=Decimal("0"), max_digits=15, verbose_name="price"
                    ),
                ),
                (
                    "fixed_cost",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="cost per year whatever the volume",
                    ),
                ),
                (
                    "retained_share",
                    models.DecimalField(
                        blank=True,
                        decimal_places=12,
                        max_digits=24,
                        null=True,
                        verbose_name="share of the FTE that stays",
                    ),
                ),
            ],
            options={
                "verbose_name": "offer",
                "verbose_name_plural": "offers",
                "ordering": ["service", "decision", "driver"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["estimated", "entered", "confirmed"])),
                        name="offer_status_known",
                        violation_error_message="A figure is estimated, entered or confirmed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("spread__isnull", True),
                            models.Q(("spread__gte", 0), ("spread__lte", 1)),
                            _connector="OR",
                        ),
                        name="offer_spread_in_range",
                        violation_error_message="A spread is a share between 0 and 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "confirmed"),
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="offer_confirmed_when_dated",
                        violation_error_message="Only a confirmed figure says who confirmed it and when.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("driver__isnull", False)),
                        fields=("service", "decision", "driver"),
                        name="offer_once_per_driver",
                        violation_error_message="There is an offer for this service, decision and driver already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("driver__isnull", True)),
                        fields=("service", "decision"),
                        name="offer_once_without_driver",
                        violation_error_message="There is an offer without a driver for this service and decision already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decision__in", ["outsource", "outsource_managed"])),
                        name="offer_decision_known",
                        violation_error_message="An offer is for one of the two ways to outsource.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("per__gt", 0)),
                        name="offer_per_positive",
                        violation_error_message="A price goes per a number of units above 0.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("price__isnull", True), ("price__gte", 0), _connector="OR"),
                            models.Q(("fixed_cost__isnull", True), ("fixed_cost__gte", 0), _connector="OR"),
                        ),
                        name="offer_cost_not_negative",
                        violation_error_message="A price cannot be negative.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("retained_share__isnull", True),
                            models.Q(("retained_share__gte", 0), ("retained_share__lte", 1)),
                            _connector="OR",
                        ),
                        name="offer_retained_share_in_range",
                        violation_error_message="A share lies between 0 and 1.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OwnEffort",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("estimated", "estimated"),
                            ("entered", "entered"),
                            ("confirmed", "confirmed"),
                        ],
                        default="entered",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("source", models.TextField(blank=True, default="", verbose_name="source")),
                (
                    "spread",
                    models.DecimalField(
                        blank=True,
                        decimal_places=12,
                        help_text="Range of an estimate as a share either way: 0.3 is 30 %",
                        max_digits=24,
                        null=True,
                        verbose_name="spread",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="confirmed on"),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="own_effort",
                        to="portfolio.participant",
                        verbose_name="participant",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="own_effort",
                        to="portfolio.service",
                        verbose_name="service",
                    ),
                ),
                (
                    "fte",
                    models.DecimalField(
                        blank=True, decimal_places=12, max_digits=24, null=True, verbose_name="own FTE"
                    ),
                ),
                (
                    "annual_cost",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="own cost per year",
                    ),
                ),
                (
                    "remains",
                    models.DecimalField(
                        decimal_places=12,
                        default=Decimal("0"),
                        max_digits=24,
                        verbose_name="share that stays",
                    ),
                ),
            ],
            options={
                "verbose_name": "own effort",
                "verbose_name_plural": "own effort",
                "ordering": ["participant", "service"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["estimated", "entered", "confirmed"])),
                        name="owneffort_status_known",
                        violation_error_message="A figure is estimated, entered or confirmed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("spread__isnull", True),
                            models.Q(("spread__gte", 0), ("spread__lte", 1)),
                            _connector="OR",
                        ),
                        name="owneffort_spread_in_range",
                        violation_error_message="A spread is a share between 0 and 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "confirmed"),
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="owneffort_confirmed_when_dated",
                        violation_error_message="Only a confirmed figure says who confirmed it and when.",
                    ),
                    models.UniqueConstraint(
                        fields=("participant", "service"),
                        name="owneffort_once",
                        violation_error_message="The own effort for this service is there already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fte__isnull", True), ("fte__gte", 0), _connector="OR"),
                        name="owneffort_fte_not_negative",
                        violation_error_message="FTE cannot be negative.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("annual_cost__isnull", True), ("annual_cost__gte", 0), _connector="OR"
                        ),
                        name="owneffort_cost_not_negative",
                        violation_error_message="A cost cannot be negative.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("remains__isnull", True),
                            models.Q(("remains__gte", 0), ("remains__lte", 1)),
                            _connector="OR",
                        ),
                        name="owneffort_remains_in_range",
                        violation_error_message="A share lies between 0 and 1.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Alternative",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("estimated", "estimated"),
                            ("entered", "entered"),
                            ("confirmed", "confirmed"),
                        ],
                        default="entered",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("source", models.TextField(blank=True, default="", verbose_name="source")),
                (
                    "spread",
                    models.DecimalField(
                        blank=True,
                        decimal_places=12,
                        help_text="Range of an estimate as a share either way: 0.3 is 30 %",
                        max_digits=24,
                        null=True,
                        verbose_name="spread",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="confirmed on"),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alternatives",
                        to="portfolio.participant",
                        verbose_name="participant",
                    ),
                ),
                (
                    "option",
                    models.CharField(
                        choices=[
                            ("own", "own infrastructure and staff"),
                            ("own_datacenter", "own staff and machines in a commercial data center"),
                            ("managed", "data center and management bought"),
                            ("shared", "another shared service center"),
                            ("host", "a host municipality"),
                        ],
                        max_length=20,
                        verbose_name="option",
                    ),
                ),
                (
                    "annual_cost",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="cost per year"
                    ),
                ),
            ],
            options={
                "verbose_name": "alternative",
                "verbose_name_plural": "alternatives",
                "ordering": ["participant", "option"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["estimated", "entered", "confirmed"])),
                        name="alternative_status_known",
                        violation_error_message="A figure is estimated, entered or confirmed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("spread__isnull", True),
                            models.Q(("spread__gte", 0), ("spread__lte", 1)),
                            _connector="OR",
                        ),
                        name="alternative_spread_in_range",
                        violation_error_message="A spread is a share between 0 and 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "confirmed"),
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="alternative_confirmed_when_dated",
                        violation_error_message="Only a confirmed figure says who confirmed it and when.",
                    ),
                    models.UniqueConstraint(
                        fields=("participant", "option"),
                        name="alternative_once",
                        violation_error_message="This option is there already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("option__in", ["own", "own_datacenter", "managed", "shared", "host"])
                        ),
                        name="alternative_option_known",
                        violation_error_message="An alternative is one of the five options.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("annual_cost__isnull", True), ("annual_cost__gte", 0), _connector="OR"
                        ),
                        name="alternative_cost_not_negative",
                        violation_error_message="A cost cannot be negative.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AlternativeScore",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("estimated", "estimated"),
                            ("entered", "entered"),
                            ("confirmed", "confirmed"),
                        ],
                        default="entered",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("source", models.TextField(blank=True, default="", verbose_name="source")),
                (
                    "spread",
                    models.DecimalField(
                        blank=True,
                        decimal_places=12,
                        help_text="Range of an estimate as a share either way: 0.3 is 30 %",
                        max_digits=24,
                        null=True,
                        verbose_name="spread",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="confirmed on"),
                ),
                (
                    "alternative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scores",
                        to="portfolio.alternative",
                        verbose_name="alternative",
                    ),
                ),
                ("criterion", models.CharField(max_length=60, verbose_name="criterion")),
                ("score", models.DecimalField(decimal_places=12, max_digits=24, verbose_name="score")),
            ],
            options={
                "verbose_name": "score",
                "verbose_name_plural": "scores",
                "ordering": ["alternative", "criterion"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["estimated", "entered", "confirmed"])),
                        name="alternativescore_status_known",
                        violation_error_message="A figure is estimated, entered or confirmed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("spread__isnull", True),
                            models.Q(("spread__gte", 0), ("spread__lte", 1)),
                            _connector="OR",
                        ),
                        name="alternativescore_spread_in_range",
                        violation_error_message="A spread is a share between 0 and 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "confirmed"),
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="alternativescore_confirmed_when_dated",
                        violation_error_message="Only a confirmed figure says who confirmed it and when.",
                    ),
                    models.UniqueConstraint(
                        fields=("alternative", "criterion"),
                        name="alternativescore_once",
                        violation_error_message="This criterion is judged already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("criterion", ""), _negated=True),
                        name="alternativescore_criterion_given",
                        violation_error_message="A score says what is judged.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("score__isnull", True),
                            models.Q(("score__gte", 1), ("score__lte", 5)),
                            _connector="OR",
                        ),
                        name="alternativescore_score_in_range",
                        violation_error_message="A score lies between 1 and 5.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Asset",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("estimated", "estimated"),
                            ("entered", "entered"),
                            ("confirmed", "confirmed"),
                        ],
                        default="entered",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("source", models.TextField(blank=True, default="", verbose_name="source")),
                (
                    "spread",
                    models.DecimalField(
                        blank=True,
                        decimal_places=12,
                        help_text="Range of an estimate as a share either way: 0.3 is 30 %",
                        max_digits=24,
                        null=True,
                        verbose_name="spread",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="confirmed on"),
                ),
                (
                    "center",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assets",
                        to="portfolio.center",
                        verbose_name="center",
                    ),
                ),
                ("code", models.CharField(max_length=60, verbose_name="code")),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        help_text="Blank when it serves several services",
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="assets",
                        to="portfolio.service",
                        verbose_name="service",
                    ),
                ),
                ("purchased", models.CharField(max_length=7, verbose_name="month of purchase")),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="purchase amount"),
                ),
                ("term_months", models.SmallIntegerField(verbose_name="term in months")),
            ],
            options={
                "verbose_name": "asset",
                "verbose_name_plural": "assets",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["estimated", "entered", "confirmed"])),
                        name="asset_status_known",
                        violation_error_message="A figure is estimated, entered or confirmed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("spread__isnull", True),
                            models.Q(("spread__gte", 0), ("spread__lte", 1)),
                            _connector="OR",
                        ),
                        name="asset_spread_in_range",
                        violation_error_message="A spread is a share between 0 and 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "confirmed"),
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="asset_confirmed_when_dated",
                        violation_error_message="Only a confirmed figure says who confirmed it and when.",
                    ),
                    models.UniqueConstraint(
                        fields=("center", "code"),
                        name="asset_once",
                        violation_error_message="An asset with this code exists already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        name="asset_code_given",
                        violation_error_message="An asset has a code.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("purchased__regex", "\\A[12][0-9]{3}-(0[1-9]|1[0-2])\\Z")),
                        name="asset_purchased_is_month",
                        violation_error_message="A month is written as 2027-01.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                        name="asset_amount_not_negative",
                        violation_error_message="An amount cannot be negative.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("term_months__isnull", True),
                            models.Q(("term_months__gte", 1), ("term_months__lte", 1200)),
                            _connector="OR",
                        ),
                        name="asset_term_months_in_range",
                        violation_error_message="A term is 1 to 1200 months.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contract",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("estimated", "estimated"),
                            ("entered", "entered"),
                            ("confirmed", "confirmed"),
                        ],
                        default="entered",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("source", models.TextField(blank=True, default="", verbose_name="source")),
                (
                    "spread",
                    models.DecimalField(
                        blank=True,
                        decimal_places=12,
                        help_text="Range of an estimate as a share either way: 0.3 is 30 %",
                        max_digits=24,
                        null=True,
                        verbose_name="spread",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="confirmed on"),
                ),
                (
                    "center",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contracts",
                        to="portfolio.center",
                        verbose_name="center",
                    ),
                ),
                ("code", models.CharField(max_length=60, verbose_name="code")),
                ("supplier", models.CharField(max_length=200, verbose_name="supplier")),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        help_text="Blank when it serves several services",
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="contracts",
                        to="portfolio.service",
                        verbose_name="service",
                    ),
                ),
                (
                    "annual_cost",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="cost per year"),
                ),
                (
                    "ends",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="First month without the contract",
                        max_length=7,
                        verbose_name="ends",
                    ),
                ),
                (
                    "exit_cost",
                    models.DecimalField(
                        decimal_places=2, default=Decimal("0"), max_digits=14, verbose_name="cost of leaving"
                    ),
                ),
                ("notice_months", models.SmallIntegerField(default=0, verbose_name="notice in months")),
            ],
            options={
                "verbose_name": "contract",
                "verbose_name_plural": "contracts",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["estimated", "entered", "confirmed"])),
                        name="contract_status_known",
                        violation_error_message="A figure is estimated, entered or confirmed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("spread__isnull", True),
                            models.Q(("spread__gte", 0), ("spread__lte", 1)),
                            _connector="OR",
                        ),
                        name="contract_spread_in_range",
                        violation_error_message="A spread is a share between 0 and 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "confirmed"),
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="contract_confirmed_when_dated",
                        violation_error_message="Only a confirmed figure says who confirmed it and when.",
                    ),
                    models.UniqueConstraint(
                        fields=("center", "code"),
                        name="contract_once",
                        violation_error_message="A contract with this code exists already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        name="contract_code_given",
                        violation_error_message="A contract has a code.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("supplier", ""), _negated=True),
                        name="contract_supplier_given",
                        violation_error_message="A contract has a supplier.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("annual_cost__isnull", True), ("annual_cost__gte", 0), _connector="OR"),
                            models.Q(("exit_cost__isnull", True), ("exit_cost__gte", 0), _connector="OR"),
                        ),
                        name="contract_cost_not_negative",
                        violation_error_message="A cost cannot be negative.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends__regex", "\\A[12][0-9]{3}-(0[1-9]|1[0-2])\\Z"),
                            ("ends", ""),
                            _connector="OR",
                        ),
                        name="contract_ends_is_month",
                        violation_error_message="A month is written as 2027-01.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("notice_months__isnull", True),
                            models.Q(("notice_months__gte", 0), ("notice_months__lte", 120)),
                            _connector="OR",
                        ),
                        name="contract_notice_months_in_range",
                        violation_error_message="Notice is 0 to 120 months.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SharedUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("estimated", "estimated"),
                            ("entered", "entered"),
                            ("confirmed", "confirmed"),
                        ],
                        default="entered",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("source", models.TextField(blank=True, default="", verbose_name="source")),
                (
                    "spread",
                    models.DecimalField(
                        blank=True,
                        decimal_places=12,
                        help_text="Range of an estimate as a share either way: 0.3 is 30 %",
                        max_digits=24,
                        null=True,
                        verbose_name="spread",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="confirmed on"),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shared_use",
                        to="portfolio.asset",
                        verbose_name="asset",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shared_use",
                        to="portfolio.contract",
                        verbose_name="contract",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shared_use",
                        to="portfolio.service",
                        verbose_name="service",
                    ),
                ),
                ("share", models.DecimalField(decimal_places=12, max_digits=24, verbose_name="share")),
            ],
            options={
                "verbose_name": "shared use",
                "verbose_name_plural": "shared use",
                "ordering": ["asset", "contract", "service"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["estimated", "entered", "confirmed"])),
                        name="shareduse_status_known",
                        violation_error_message="A figure is estimated, entered or confirmed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("spread__isnull", True),
                            models.Q(("spread__gte", 0), ("spread__lte", 1)),
                            _connector="OR",
                        ),
                        name="shareduse_spread_in_range",
                        violation_error_message="A spread is a share between 0 and 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "confirmed"),
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="shareduse_confirmed_when_dated",
                        violation_error_message="Only a confirmed figure says who confirmed it and when.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asset__isnull", False), ("contract__isnull", True)),
                            models.Q(("asset__isnull", True), ("contract__isnull", False)),
                            _connector="OR",
                        ),
                        name="shareduse_one_item",
                        violation_error_message="Shared use is of one asset or of one contract.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("asset__isnull", False)),
                        fields=("asset", "service"),
                        name="shareduse_asset_once",
                        violation_error_message="This service uses the asset already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("contract__isnull", False)),
                        fields=("contract", "service"),
                        name="shareduse_contract_once",
                        violation_error_message="This service uses the contract already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("share__isnull", True),
                            models.Q(("share__gte", 0), ("share__lte", 1)),
                            _connector="OR",
                        ),
                        name="shareduse_share_in_range",
                        violation_error_message="A share lies between 0 and 1.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Scenario",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("estimated", "estimated"),
                            ("entered", "entered"),
                            ("confirmed", "confirmed"),
                        ],
                        default="entered",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("source", models.TextField(blank=True, default="", verbose_name="source")),
                (
                    "spread",
                    models.DecimalField(
                        blank=True,
                        decimal_places=12,
                        help_text="Range of an estimate as a share either way: 0.3 is 30 %",
                        max_digits=24,
                        null=True,
                        verbose_name="spread",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="confirmed on"),
                ),
                (
                    "center",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scenarios",
                        to="portfolio.center",
                        verbose_name="center",
                    ),
                ),
                ("code", models.CharField(max_length=60, verbose_name="code")),
                ("name", models.CharField(blank=True, default="", max_length=200, verbose_name="name")),
                ("description", models.TextField(blank=True, default="", verbose_name="description")),
            ],
            options={
                "verbose_name": "scenario",
                "verbose_name_plural": "scenarios",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["estimated", "entered", "confirmed"])),
                        name="scenario_status_known",
                        violation_error_message="A figure is estimated, entered or confirmed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("spread__isnull", True),
                            models.Q(("spread__gte", 0), ("spread__lte", 1)),
                            _connector="OR",
                        ),
                        name="scenario_spread_in_range",
                        violation_error_message="A spread is a share between 0 and 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "confirmed"),
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="scenario_confirmed_when_dated",
                        violation_error_message="Only a confirmed figure says who confirmed it and when.",
                    ),
                    models.UniqueConstraint(
                        fields=("center", "code"),
                        name="scenario_once",
                        violation_error_message="A scenario with this code exists already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        name="scenario_code_given",
                        violation_error_message="A scenario has a code.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("estimated", "estimated"),
                            ("entered", "entered"),
                            ("confirmed", "confirmed"),
                        ],
                        default="entered",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("source", models.TextField(blank=True, default="", verbose_name="source")),
                (
                    "spread",
                    models.DecimalField(
                        blank=True,
                        decimal_places=12,
                        help_text="Range of an estimate as a share either way: 0.3 is 30 %",
                        max_digits=24,
                        null=True,
                        verbose_name="spread",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="confirmed on"),
                ),
                (
                    "scenario",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="portfolio.scenario",
                        verbose_name="scenario",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="portfolio.service",
                        verbose_name="service",
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("keep", "keep"),
                            ("outsource", "outsource the infrastructure"),
                            ("outsource_managed", "outsource with management"),
                            ("return", "hand back"),
                            ("stop", "stop"),
                            ("start", "start"),
                            ("undecided", "not yet decided"),
                        ],
                        max_length=20,
                        verbose_name="decision",
                    ),
                ),
                ("from_month", models.CharField(blank=True, default="", max_length=7, verbose_name="from")),
                ("until_month", models.CharField(blank=True, default="", max_length=7, verbose_name="until")),
                (
                    "fte_key",
                    models.CharField(blank=True, default="", max_length=60, verbose_name="key for FTE"),
                ),
                (
                    "cost_key",
                    models.CharField(blank=True, default="", max_length=60, verbose_name="key for cost"),
                ),
                ("reason", models.TextField(blank=True, default="", verbose_name="reason")),
                ("owner", models.CharField(blank=True, default="", max_length=200, verbose_name="owner")),
            ],
            options={
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
                "ordering": ["scenario", "service"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["estimated", "entered", "confirmed"])),
                        name="decision_status_known",
                        violation_error_message="A figure is estimated, entered or confirmed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("spread__isnull", True),
                            models.Q(("spread__gte", 0), ("spread__lte", 1)),
                            _connector="OR",
                        ),
                        name="decision_spread_in_range",
                        violation_error_message="A spread is a share between 0 and 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "confirmed"),
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="decision_confirmed_when_dated",
                        violation_error_message="Only a confirmed figure says who confirmed it and when.",
                    ),
                    models.UniqueConstraint(
                        fields=("scenario", "service"),
                        name="decision_once",
                        violation_error_message="This scenario decides about this service already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "decision__in",
                                [
                                    "keep",
                                    "outsource",
                                    "outsource_managed",
                                    "return",
                                    "stop",
                                    "start",
                                    "undecided",
                                ],
                            )
                        ),
                        name="decision_decision_known",
                        violation_error_message="This decision is not one of the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_month__regex", "\\A[12][0-9]{3}-(0[1-9]|1[0-2])\\Z"),
                            ("from_month", ""),
                            _connector="OR",
                        ),
                        name="decision_from_month_is_month",
                        violation_error_message="A month is written as 2027-01.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_month__regex", "\\A[12][0-9]{3}-(0[1-9]|1[0-2])\\Z"),
                            ("until_month", ""),
                            _connector="OR",
                        ),
                        name="decision_until_month_is_month",
                        violation_error_message="A month is written as 2027-01.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_month", ""),
                            ("from_month", ""),
                            ("until_month__gt", models.F("from_month")),
                            _connector="OR",
                        ),
                        name="decision_until_month_after_from_month",
                        violation_error_message="A decision ends after it begins.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Uptake",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("estimated", "estimated"),
                            ("entered", "entered"),
                            ("confirmed", "confirmed"),
                        ],
                        default="entered",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("source", models.TextField(blank=True, default="", verbose_name="source")),
                (
                    "spread",
                    models.DecimalField(
                        blank=True,
                        decimal_places=12,
                        help_text="Range of an estimate as a share either way: 0.3 is 30 %",
                        max_digits=24,
                        null=True,
                        verbose_name="spread",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="confirmed on"),
                ),
                (
                    "scenario",
                    models.ForeignKey(
                        blank=True,
                        help_text="Blank: all scenarios",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uptake",
                        to="portfolio.scenario",
                        verbose_name="scenario",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uptake",
                        to="portfolio.service",
                        verbose_name="service",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uptake",
                        to="portfolio.participant",
                        verbose_name="participant",
                    ),
                ),
                ("takes", models.BooleanField(default=True, verbose_name="takes the service")),
                (
                    "fte",
                    models.DecimalField(
                        blank=True, decimal_places=12, max_digits=24, null=True, verbose_name="requested FTE"
                    ),
                ),
                (
                    "locked_fte",
                    models.DecimalField(
                        blank=True, decimal_places=12, max_digits=24, null=True, verbose_name="locked FTE"
                    ),
                ),
            ],
            options={
                "verbose_name": "uptake",
                "verbose_name_plural": "uptake",
                "ordering": ["scenario", "service", "participant"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["estimated", "entered", "confirmed"])),
                        name="uptake_status_known",
                        violation_error_message="A figure is estimated, entered or confirmed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("spread__isnull", True),
                            models.Q(("spread__gte", 0), ("spread__lte", 1)),
                            _connector="OR",
                        ),
                        name="uptake_spread_in_range",
                        violation_error_message="A spread is a share between 0 and 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "confirmed"),
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="uptake_confirmed_when_dated",
                        violation_error_message="Only a confirmed figure says who confirmed it and when.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("scenario__isnull", False)),
                        fields=("scenario", "service", "participant"),
                        name="uptake_once_in_scenario",
                        violation_error_message="This scenario says already whether the participant takes the service.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("scenario__isnull", True)),
                        fields=("service", "participant"),
                        name="uptake_once_in_all_scenarios",
                        violation_error_message="It is said already whether the participant takes the service.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fte__isnull", True), ("fte__gte", 0), _connector="OR"),
                            models.Q(("locked_fte__isnull", True), ("locked_fte__gte", 0), _connector="OR"),
                        ),
                        name="uptake_fte_not_negative",
                        violation_error_message="FTE cannot be negative.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("estimated", "estimated"),
                            ("entered", "entered"),
                            ("confirmed", "confirmed"),
                        ],
                        default="entered",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("source", models.TextField(blank=True, default="", verbose_name="source")),
                (
                    "spread",
                    models.DecimalField(
                        blank=True,
                        decimal_places=12,
                        help_text="Range of an estimate as a share either way: 0.3 is 30 %",
                        max_digits=24,
                        null=True,
                        verbose_name="spread",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="confirmed on"),
                ),
                (
                    "center",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="portfolio.center",
                        verbose_name="center",
                    ),
                ),
                ("code", models.CharField(max_length=60, verbose_name="code")),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        help_text="Blank: the whole center",
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="lines",
                        to="portfolio.service",
                        verbose_name="service",
                    ),
                ),
                (
                    "scenario",
                    models.ForeignKey(
                        blank=True,
                        help_text="Blank: all scenarios",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="portfolio.scenario",
                        verbose_name="scenario",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("one_off", "one-off cost"), ("income", "income")],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("year", models.SmallIntegerField(verbose_name="year")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="amount")),
                (
                    "payer_key",
                    models.CharField(
                        help_text="A key that divides it, or one participant's code",
                        max_length=60,
                        verbose_name="paid by",
                    ),
                ),
                ("recurring", models.BooleanField(default=False, verbose_name="comes back every year")),
                ("vat", models.BooleanField(default=False, verbose_name="VAT can be compensated")),
            ],
            options={
                "verbose_name": "one-off line",
                "verbose_name_plural": "one-off lines",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["estimated", "entered", "confirmed"])),
                        name="line_status_known",
                        violation_error_message="A figure is estimated, entered or confirmed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("spread__isnull", True),
                            models.Q(("spread__gte", 0), ("spread__lte", 1)),
                            _connector="OR",
                        ),
                        name="line_spread_in_range",
                        violation_error_message="A spread is a share between 0 and 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "confirmed"),
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="line_confirmed_when_dated",
                        violation_error_message="Only a confirmed figure says who confirmed it and when.",
                    ),
                    models.UniqueConstraint(
                        fields=("center", "code"),
                        name="line_once",
                        violation_error_message="A line with this code exists already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        name="line_code_given",
                        violation_error_message="A line has a code.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["one_off", "income"])),
                        name="line_kind_known",
                        violation_error_message="A line is a one-off cost or an income.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("year__isnull", True),
                            models.Q(("year__gte", 2000), ("year__lte", 2100)),
                            _connector="OR",
                        ),
                        name="line_year_in_range",
                        violation_error_message="A year lies between 2000 and 2100.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                        name="line_amount_not_negative",
                        violation_error_message="An amount cannot be negative; income is a kind of line.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("payer_key", ""), _negated=True),
                        name="line_payer_key_given",
                        violation_error_message="A line says who pays it.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "scenario",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plans",
                        to="portfolio.scenario",
                        verbose_name="scenario",
                    ),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="digest of the inputs")),
                ("engine_version", models.CharField(max_length=20, verbose_name="engine version")),
                ("release", models.CharField(blank=True, default="", max_length=40, verbose_name="release")),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="made on")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("queued", "queued"),
                            ("done", "done"),
                            ("refused", "refused"),
                            ("failed", "failed"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("findings", models.JSONField(blank=True, default=list, verbose_name="findings")),
                (
                    "seconds",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=10, null=True, verbose_name="seconds"
                    ),
                ),
            ],
            options={
                "verbose_name": "plan",
                "verbose_name_plural": "plans",
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("scenario", "digest", "engine_version"),
                        name="plan_once",
                        violation_error_message="This plan has been computed already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["queued", "done", "refused", "failed"])),
                        name="plan_status_known",
                        violation_error_message="This status is not known.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanHeadline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="headlines",
                        to="portfolio.plan",
                        verbose_name="plan",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "value",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=24, null=True, verbose_name="value"
                    ),
                ),
                ("unit", models.CharField(blank=True, default="", max_length=20, verbose_name="unit")),
            ],
            options={
                "verbose_name": "headline figure",
                "verbose_name_plural": "headline figures",
                "ordering": ["plan", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "name"),
                        name="planheadline_once",
                        violation_error_message="This plan has this figure already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanFrame",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="frames",
                        to="portfolio.plan",
                        verbose_name="plan",
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                ("blob", models.BinaryField(verbose_name="contents")),
            ],
            options={
                "verbose_name": "result table",
                "verbose_name_plural": "result tables",
                "ordering": ["plan", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "name"),
                        name="planframe_once",
                        violation_error_message="This plan has this table already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StaffMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("estimated", "estimated"),
                            ("entered", "entered"),
                            ("confirmed", "confirmed"),
                        ],
                        default="entered",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("source", models.TextField(blank=True, default="", verbose_name="source")),
                (
                    "spread",
                    models.DecimalField(
                        blank=True,
                        decimal_places=12,
                        help_text="Range of an estimate as a share either way: 0.3 is 30 %",
                        max_digits=24,
                        null=True,
                        verbose_name="spread",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="confirmed on"),
                ),
                (
                    "center",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="staff",
                        to="portfolio.center",
                        verbose_name="center",
                    ),
                ),
                ("number", models.CharField(max_length=60, verbose_name="number")),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="staff",
                        to="portfolio.role",
                        verbose_name="role",
                    ),
                ),
                ("fte", models.DecimalField(decimal_places=12, max_digits=24, verbose_name="FTE")),
                (
                    "employer",
                    models.CharField(
                        choices=[
                            ("center", "the center"),
                            ("participant", "a participant"),
                            ("external", "external"),
                        ],
                        default="center",
                        max_length=20,
                        verbose_name="employer",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="staff",
                        to="portfolio.participant",
                        verbose_name="employing participant",
                    ),
                ),
                ("scale", models.CharField(blank=True, default="", max_length=200, verbose_name="scale")),
                ("born", models.DateField(blank=True, null=True, verbose_name="born")),
                ("employed_since", models.DateField(blank=True, null=True, verbose_name="employed since")),
                (
                    "until",
                    models.DateField(
                        blank=True, help_text="Only for a temporary contract", null=True, verbose_name="until"
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="staff",
                        to="portfolio.service",
                        verbose_name="service today",
                    ),
                ),
            ],
            options={
                "verbose_name": "staff member",
                "verbose_name_plural": "staff",
                "ordering": ["number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["estimated", "entered", "confirmed"])),
                        name="staffmember_status_known",
                        violation_error_message="A figure is estimated, entered or confirmed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("spread__isnull", True),
                            models.Q(("spread__gte", 0), ("spread__lte", 1)),
                            _connector="OR",
                        ),
                        name="staffmember_spread_in_range",
                        violation_error_message="A spread is a share between 0 and 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "confirmed"),
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="staffmember_confirmed_when_dated",
                        violation_error_message="Only a confirmed figure says who confirmed it and when.",
                    ),
                    models.UniqueConstraint(
                        fields=("center", "number"),
                        name="staffmember_once",
                        violation_error_message="A staff member with this number exists already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        name="staffmember_number_given",
                        violation_error_message="A staff member has a number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fte__gt", 0), ("fte__lte", 1.5)),
                        name="staffmember_fte_possible",
                        violation_error_message="The FTE of a person lies above 0 and is at most 1.5.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("employer__in", ["center", "participant", "external"])),
                        name="staffmember_employer_known",
                        violation_error_message="This employer is not one of the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("employer", "participant"), ("participant__isnull", False)),
                            models.Q(
                                models.Q(("employer", "participant"), _negated=True),
                                ("participant__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="staffmember_participant_employs",
                        violation_error_message="Staff of a participant names it, and nobody else does.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            ("employed_since__isnull", True),
                            ("until__gt", models.F("employed_since")),
                            _connector="OR",
                        ),
                        name="staffmember_until_after_start",
                        violation_error_message="A contract ends after it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("born__isnull", True),
                            ("employed_since__isnull", True),
                            ("employed_since__gt", models.F("born")),
                            _connector="OR",
                        ),
                        name="staffmember_employed_after_birth",
                        violation_error_message="Nobody is employed before being born.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonName",
            fields=[
                (
                    "staff_member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="person_name",
                        serialize=False,
                        to="portfolio.staffmember",
                        verbose_name="staff member",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
            ],
            options={
                "verbose_name": "name of a person",
                "verbose_name_plural": "names of persons",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="personname_name_given",
                        violation_error_message="A name is not blank.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="Scenario",
            name="current_plan",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="portfolio.plan",
                verbose_name="current plan",
            ),
        ),
    ]
