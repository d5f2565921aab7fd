"""The second factor: a code from an authenticator app, or a recovery code that works once.

Trying is slowed down by django-otp: after a wrong code the next one has to wait, twice as long each time.
"""

from typing import Any

from django.db import transaction
from django_otp import devices_for_user, user_has_device
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

RECOVERY_CODES = 10
NAME = "Regiekompas"


def has_second_factor(user: Any) -> bool:
    """Whether somebody has set one up."""
    return bool(user_has_device(user))


def unconfirmed(user: Any) -> TOTPDevice:
    """The app that somebody is adding: the same one until its first code is right."""
    with transaction.atomic():
        device, _new = TOTPDevice.objects.get_or_create(user=user, confirmed=False, defaults={"name": NAME})
    return device


@transaction.atomic
def confirm_app(*, user: Any, code: str) -> tuple[Device, list[str]] | None:
    """Finish adding the app with its first code; gives it with the recovery codes, or None when the code is wrong.

    Who has a second factor already adds none: whoever knows a password alone cannot add an app of the own.
    """
    if has_second_factor(user):
        return None
    device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=False).first()
    if device is None or not device.verify_token(code):
        return None
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    recovery = StaticDevice.objects.create(user=user, name=NAME, confirmed=True)
    codes = [StaticToken.random_token() for _number in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=recovery, token=code) for code in codes)
    return device, codes


@transaction.atomic
def verify(*, user: Any, code: str) -> Device | None:
    """The device that took a code, or None: it is wrong, was used, or came too soon after a wrong one."""
    for device in devices_for_user(user, for_verify=True):
        # Only an app has codes of digits; a wrong one is not held against the recovery codes, nor the other way.
        is_app = isinstance(device, TOTPDevice)
        if code.isdecimal() is is_app and device.verify_token(code):
            return device
    return None
