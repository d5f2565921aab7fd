"""How participants weigh the criteria by which they compare what they could do instead."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("portfolio", "0001_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AlternativeWeight",
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
                    "confirmed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="confirmed on"),
                ),
                ("criterion", models.CharField(max_length=60, verbose_name="criterion")),
                ("weight", models.DecimalField(decimal_places=12, max_digits=24, verbose_name="weight")),
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
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="weights",
                        to="portfolio.participant",
                        verbose_name="participant",
                    ),
                ),
            ],
            options={
                "verbose_name": "weight",
                "verbose_name_plural": "weights",
                "ordering": ["participant", "criterion"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["estimated", "entered", "confirmed"])),
                        name="alternativeweight_status_known",
                        violation_error_message="A figure is estimated, entered or confirmed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("spread__isnull", True),
                            models.Q(("spread__gte", 0), ("spread__lte", 1)),
                            _connector="OR",
                        ),
                        name="alternativeweight_spread_in_range",
                        violation_error_message="A spread is a share between 0 and 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "confirmed"),
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="alternativeweight_confirmed_when_dated",
                        violation_error_message="Only a confirmed figure says who confirmed it and when.",
                    ),
                    models.UniqueConstraint(
                        fields=("participant", "criterion"),
                        name="alternativeweight_once",
                        violation_error_message="This criterion is weighed already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("criterion", ""), _negated=True),
                        name="alternativeweight_criterion_given",
                        violation_error_message="A weight says which criterion it is of.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weight__isnull", True), ("weight__gte", 0), _connector="OR"),
                        name="alternativeweight_not_negative",
                        violation_error_message="A weight cannot be negative.",
                    ),
                ],
            },
        ),
    ]
