#!/usr/bin/env python
"""Runs one of Django's or the project's own management commands."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ssc.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
