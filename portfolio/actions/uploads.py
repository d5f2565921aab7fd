"""Files that wait between preview and import: on the server, for one user and one center, an hour at most."""

import secrets
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from portfolio.models.center import Center

#: Seconds after which an upload that nobody confirmed is gone.
EXPIRES = 60 * 60


class TooLarge(Exception):
    """The file is larger than this server takes."""


@dataclass(frozen=True)
class Upload:
    """What the session remembers of a file: never where it lies, which only this module knows."""

    token: str
    name: str
    kind: str
    center: str
    user: int
    options: dict[str, Any]

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def path(self) -> Path:
        return folder() / f"{self.token}.xlsx"


def folder() -> Path:
    """Where uploads wait."""
    return Path(settings.UPLOAD_DIR)


def keep_upload(
    *, content: Iterable[bytes], name: str, size: int, kind: str, center: Center, user: Any, **options: Any
) -> Upload:
    """Put a file away for its preview; older ones that nobody confirmed are thrown away first."""
    if size > settings.UPLOAD_MAX_BYTES:
        raise TooLarge
    throw_away_expired()
    upload = Upload(secrets.token_hex(24), name[:200], kind, center.key, user.pk, options)
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    with upload.path.open("xb") as file:
        upload.path.chmod(0o600)
        for part in content:
            file.write(part)
    return upload


def kept_upload(found: dict[str, Any] | None, *, kind: str, center: Center, user: Any) -> Upload | None:
    """The upload that a session remembers, if it is this user's for this center and still there."""
    if not found:
        return None
    upload = Upload(**found)
    if (upload.kind, upload.center, upload.user) != (kind, center.key, user.pk):
        return None
    throw_away_expired()
    return upload if upload.path.exists() else None


def throw_away(upload: Upload | None) -> None:
    """The file is no longer needed."""
    if upload is not None:
        upload.path.unlink(missing_ok=True)


def throw_away_expired() -> None:
    """Delete what waited too long."""
    before = time.time() - EXPIRES
    for path in folder().glob("*.xlsx"):
        try:
            if path.stat().st_mtime < before:
                path.unlink(missing_ok=True)
        except FileNotFoundError:  # another request was faster
            continue
