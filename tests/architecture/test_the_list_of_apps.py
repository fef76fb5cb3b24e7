"""One list of the project's packages: the guards, Django and the import contracts look at the same ones."""

from __future__ import annotations

import tomllib

from django.conf import settings

from tests.architecture.sources import PACKAGES, ROOT, TOPS, tracked

NO_APPS = {"config": "settings, addresses, celery", "supervisor": "starts the programs, knows no Django"}


def ours(name: str) -> bool:
    return (ROOT / name.split(".")[0]).is_dir()


def contracts() -> dict[str, dict[str, list[str]]]:
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    return {contract["name"]: contract for contract in linter["contracts"]}


def test_the_list_and_the_installed_apps_agree() -> None:
    installed = {name for name in settings.INSTALLED_APPS if ours(name)}
    assert len(installed) >= 10
    assert set(PACKAGES) - set(NO_APPS) == installed


def test_every_folder_with_python_in_it_is_looked_at() -> None:
    folders = {path.relative_to(ROOT).parts[0] for path in tracked() if path.suffix == ".py"}
    assert folders - {"manage.py"} == set(TOPS)


def test_every_package_has_its_place_in_the_order_between_apps() -> None:
    assert [*contracts()["Imports go down only"]["layers"], "supervisor"] == list(PACKAGES)


def test_the_supervisor_is_kept_from_every_package() -> None:
    forbidden = set(contracts()["The supervisor knows nothing of the product"]["forbidden_modules"])
    assert forbidden == {*PACKAGES, "django"} - {"supervisor"}


def test_every_folder_of_rules_is_held_to_pure_python() -> None:
    there = {f"{path.parent.parent.name}.rules" for path in tracked() if path.match("*/rules/__init__.py")}
    there = {name for name in there if name.split(".")[0] in PACKAGES}
    assert set(contracts()["Rules are pure Python"]["source_modules"]) == there


def test_every_app_with_layers_has_them_in_order() -> None:
    containers = contracts()["Inside an app imports go down only"]["containers"]
    below = [path.relative_to(ROOT).parts for path in tracked() if path.suffix == ".py"]
    layered = {parts[0] for parts in below if len(parts) > 1 and parts[1] in ("services", "services.py")}
    assert set(containers) == (layered & set(PACKAGES)) - {"supervisor"}
