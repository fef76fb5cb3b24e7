"""What both READMEs tell a stranger to type and to open is there."""

from __future__ import annotations

import re

import pytest
from django.core.management import get_commands
from django.urls import resolve

from supervisor.layout import PROJECT

READMES = ("README.md", "README.zh-CN.md")
DJANGO_OF_ITS_OWN = {"test"}  # supervisor/manage.py


def text_of(name: str) -> str:
    return (PROJECT / name).read_text()


@pytest.mark.parametrize("name", READMES)
def test_every_command_it_names_exists(name: str) -> None:
    named = set(re.findall(r"\./manage\.py (\w+)", text_of(name)))
    assert named
    assert named <= set(get_commands()) | DJANGO_OF_ITS_OWN


@pytest.mark.parametrize("name", READMES)
def test_every_make_target_it_names_exists(name: str) -> None:
    named = set(re.findall(r"^make (\w+)|`make (\w+)", text_of(name), re.M))
    targets = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(), re.M))
    assert {one or other for one, other in named} <= targets


@pytest.mark.parametrize("name", READMES)
def test_every_page_it_names_opens_and_help_and_the_month_are_among_them(name: str) -> None:
    named = set(re.findall(r"[`（(](/[a-z0-9/-]*/)[`）)]", text_of(name)))
    assert {"/help/", "/help/first-day/", "/calendar/", "/api/v1/schema/"} <= named
    for path in named - {"/api/v1/"}:  # where the API begins
        resolve(path)


@pytest.mark.parametrize("name", READMES)
def test_every_file_it_points_to_is_there(name: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", text_of(name)):
        assert (PROJECT / target).exists(), target
