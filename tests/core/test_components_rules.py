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
from supervisor import bundles

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


@pytest.mark.parametrize("entry", bundles.ENTRIES)
def test_what_pages_load_is_put_together_and_served_by_us(entry: str) -> None:
    found = finders.find(f"bundle/{entry}")
    assert found is not None


def test_pages_load_nothing_but_bundles_and_pictures() -> None:
    asked = {
        name
        for path in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r'{% static "([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert {name for name in asked if not name.startswith("img/")} == {
        f"bundle/{name}" for name in bundles.ENTRIES
    }


def test_every_style_of_a_component_is_in_the_one_sheet() -> None:
    sheet = (ROOT / "static" / "css" / "app.css").read_text(encoding="utf-8")
    assert set(re.findall(r"components/([a-z_]+\.css)", sheet)) == {
        path.name for path in (ROOT / "static" / "css" / "components").glob("*.css")
    }


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
    for entry in bundles.ENTRIES:
        name, _dot, kind = entry.rpartition(".")
        assert len(list(tmp_path.glob(f"bundle/{name}.????????????.{kind}"))) == 1
    assert not list(tmp_path.glob("js/*"))


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
