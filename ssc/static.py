"""Static files under names that carry their contents, the modules that scripts import from each other included."""

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Without the imports, a new grid.js would run for a while with the old modules that a browser still holds."""

    support_js_module_import_aggregation = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Our own scripts alone: comments in those of packages look like imports of files that do not exist.
        self._patterns["portfolio/*.js"] = self._patterns.pop("*.js")
