# Short names for what developers do often. Everything a user needs is in run.py.
.PHONY: demo test check format messages lock ci

demo:
	python3 run.py demo

test:
	python3 run.py test

# Everything that reads the code without running it.
check:
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports
	.venv/bin/mypy
	.venv/bin/djlint --check --lint templates
	.venv/bin/python manage.py makemigrations --check --dry-run
	.venv/bin/python manage.py check --deploy

format:
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	.venv/bin/djlint --reformat --quiet templates

# Collects the texts and merges them into the translations; run.py compiles them.
messages:
	mkdir -p build
	.venv/bin/python -m babel.messages.frontend extract -F pyproject.toml --project=Regiekompas \
		-k gettext_lazy -k ngettext_lazy:1,2 -k pgettext_lazy:1c,2 -k npgettext_lazy:1c,2,3 \
		-c Translators: --no-location --sort-output -o build/django.pot .
	.venv/bin/python -m babel.messages.frontend update -D django -i build/django.pot -d portfolio/locale \
		-l nl --init-missing --no-fuzzy-matching --ignore-pot-creation-date

# Needs uv. --universal: one lock for every system and processor, and for Python 3.11 and newer.
COMPILE = uv pip compile --quiet --generate-hashes --universal --python-version 3.11 \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
lock:
	$(COMPILE) requirements.in -o requirements.txt
	$(COMPILE) requirements-dev.in -o requirements-dev.txt
	npm install --package-lock-only

ci:
	.ci/run
