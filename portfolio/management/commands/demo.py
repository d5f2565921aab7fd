"""Loads the fictional region, computes its scenarios and says who may sign in."""

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portfolio.actions.demo import PASSWORD, NotADemo, load_demo


class Command(BaseCommand):
    help = (
        "Load the demo region with its users and compute its scenarios. The passwords are public: demo only."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--reset", action="store_true", help="put the region back as it was, edits lost")

    def handle(self, *args: Any, reset: bool, **options: Any) -> None:
        try:
            demo = load_demo(fixtures=Path(settings.BASE_DIR) / "fixtures", reset=reset)
        except NotADemo:
            raise CommandError(
                _(
                    "This database holds users of its own; the demo has public passwords and wants a database apart."
                )
            ) from None
        self.stdout.write(demo.center.name)
        for plan in demo.plans:
            self.stdout.write(f"  {plan.scenario.code:<12} {plan.scenario}: {plan.get_status_display()}")
        width = max(len(login.username) for login in demo.logins)
        self.stdout.write("\n" + _("Sign in as (password: %(password)s):") % {"password": PASSWORD})
        for login in demo.logins:
            self.stdout.write(f"  {login.username:<{width}}  {login.role}")
