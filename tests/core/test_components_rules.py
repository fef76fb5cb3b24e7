"""Rules every template keeps, so that the browser never refuses a page and no icon is blank."""

import re
from pathlib import Path

import pytest
from django.conf import settings as project
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.base import BaseStorage
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.template.loader import get_template
from django.test import RequestFactory
from pytest_django import Settings

from core import gallery, icons
from core.staticfiles import HashedStaticFiles

ROOT = Path(project.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))
INLINE = re.compile(r"""\sstyle\s*=\s*["']|\son[a-z]+\s*=\s*["']|hx-on|hx-vals=["']js:|<style""")
SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)")
ICON = re.compile(r"""\{%\s*icon\s+"([a-z0-9-]+)"|icon="([a-z0-9-]+)"|default:"([a-z]+-[a-z-]+)" %\}""")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_compile_and_hold_no_inline_script_or_style(path: Path) -> None:
    get_template(str(path.relative_to(ROOT / "templates")))
    source = path.read_text(encoding="utf-8")
    assert not INLINE.search(source)
    assert not SCRIPT.search(source)


def test_every_icon_named_in_a_template_exists() -> None:
    named = {
        (name, path.name)
        for path in TEMPLATES
        for groups in ICON.findall(path.read_text(encoding="utf-8"))
        for name in groups
        if name
    }
    assert [found for found in sorted(named) if not icons.body_of(found[0])] == []
    assert len(named) > 20


def test_an_unknown_or_strange_icon_name_draws_nothing() -> None:
    assert icons.body_of("no-such-icon") == ""
    assert icons.body_of("../package") == ""


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_import_only_files_that_exist_and_never_evaluate_text(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    for name in re.findall(r'from "\./([\w-]+\.js)"', source):
        assert (path.parent / name).is_file()
    assert "eval(" not in source
    assert "new Function" not in source
    assert 'setAttribute("style"' not in source


@pytest.mark.parametrize("name", ["bootstrap.min.css", "htmx.min.js", "echarts.common.min.js"])
def test_browser_libraries_are_served_by_us(name: str) -> None:
    found = finders.find(f"vendor/{name}")
    assert found is not None
    assert Path(found).is_file()


def test_the_lock_file_names_no_registry() -> None:
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock


def test_static_files_are_collected_with_hashed_names(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HashedStaticFiles, "compress_files", lambda self, names: [])  # slow and not ours
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "core.staticfiles.HashedStaticFiles"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    [app] = tmp_path.glob("js/app.????????????.js")
    assert re.search(r'from "\./dialog\.[0-9a-f]{12}\.js"', app.read_text(encoding="utf-8"))
    assert len(list(tmp_path.glob("vendor/htmx.min.????????????.js"))) == 1


class NoMessages(BaseStorage):
    def _get(self, *args: object, **kwargs: object) -> tuple[list[object], bool]:
        return [], True


def test_the_gallery_shows_every_component() -> None:
    request = RequestFactory().get("/gallery/")
    request.user = AnonymousUser()
    request._messages = NoMessages(request)
    html = gallery.gallery(request).content.decode()
    for mark in (
        "error-summary",
        "timeline-entry",
        "step-now",
        "level-1",
        "data-repeatable",
        "<dialog",
        "chip",
    ):
        assert mark in html
    assert 'aria-current="page"' in html
    assert "登记员" in html
