"""What many tests begin with is made once per process; afterwards its very rows are put back, by their own keys."""

import pickle
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection, transaction

Rows = dict[str, tuple[list[str], list[tuple]]]

_made: dict[bytes, tuple[bytes, Rows, dict[int, type]]] = {}


def remembered(key: Any, make: Callable[[], Any]) -> Any:
    """What ``make`` returns, and its rows; only a test that has no rows yet is spared the work.

    ``key`` says all that the outcome depends on and can be pickled. Whoever looks gets objects of its own.
    """
    if not _is_empty():
        return make()
    name = pickle.dumps(key)
    if name not in _made:
        made = make()
        _made[name] = (pickle.dumps(made), _rows(), _kinds())
        return made
    objects, rows, kinds = _made[name]
    _put_back(rows, kinds)
    return pickle.loads(objects)


def _tables() -> list[str]:
    """All tables but those that Django fills itself, and sessions, which refer to nothing."""
    left_out = {ContentType, Permission, Session}
    models = apps.get_models(include_auto_created=True)
    return [model._meta.db_table for model in models if model._meta.managed and model not in left_out]


def _is_empty() -> bool:
    found = " OR ".join(f'EXISTS (SELECT 1 FROM "{table}")' for table in _tables())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT CASE WHEN {found} THEN 1 ELSE 0 END")
        return cursor.fetchone()[0] == 0


def _rows() -> Rows:
    kept = {}
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f'SELECT * FROM "{table}"')
            if rows := cursor.fetchall():
                kept[table] = ([column[0] for column in cursor.description], rows)
    return kept


def _kinds() -> dict[int, type]:
    """Which model a content type stands for: after a test with real transactions Django numbers them anew."""
    return {kind.pk: kind.model_class() for kind in ContentType.objects.all()}


def _put_back(rows: Rows, kinds: dict[int, type]) -> None:
    now = {pk: ContentType.objects.get_for_model(model).pk for pk, model in kinds.items() if model}
    with transaction.atomic(), connection.cursor() as cursor:  # references are checked at its end
        for table, (columns, values) in rows.items():
            if "content_type_id" in columns:
                at = columns.index("content_type_id")
                values = [(*row[:at], now[row[at]], *row[at + 1 :]) for row in values]
            names = ", ".join(f'"{column}"' for column in columns)
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', values)
