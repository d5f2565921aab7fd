"""Static files as they are served: a browser that holds an older script never mixes it with a newer one."""

import re
import shutil
from pathlib import Path

from ssc.static import HashedStorage

STATIC = Path(__file__).resolve().parents[2] / "portfolio" / "static"


def test_modules_are_imported_under_names_that_carry_their_contents(tmp_path):
    shutil.copytree(STATIC, tmp_path, dirs_exist_ok=True)
    shutil.rmtree(tmp_path / "vendor", ignore_errors=True)
    storage = HashedStorage(location=tmp_path, base_url="/static/")
    scripts = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.js")]

    list(storage.post_process({name: (storage, name) for name in scripts}))

    hashed = [path for path in tmp_path.rglob("*.js") if re.search(r"\.[0-9a-f]{12}\.js$", path.name)]
    imports = [
        name for path in hashed for name in re.findall(r'from "\./([^"]+)"', path.read_text(encoding="utf-8"))
    ]
    assert len(imports) > 5
    assert [name for name in imports if not re.fullmatch(r"[\w-]+\.[0-9a-f]{12}\.js", name)] == []
