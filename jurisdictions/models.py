"""Places, line sectors, organizations and posts: where things happen and who answers for them."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from audit.recording import recorded
from jurisdictions.choices import HotField, OrganizationKind, PlaceKind, PostRole
from jurisdictions.querysets import (
    DatedQuerySet,
    OrganizationQuerySet,
    PlaceQuerySet,
    PostQuerySet,
    SectorQuerySet,
)
from jurisdictions.rules.post_names import said_once


class Dated(models.Model):
    """Valid for a period; what ends names its successor and stays for the records that point at it."""

    valid_from = models.DateField(_("启用日期"), default=date(2000, 1, 1))
    valid_to = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        abstract = True

    def is_valid(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Place(Dated):
    """A division by its statistics code: 6 digits county, 9 town, 12 village. The prefix is the hierarchy."""

    code = models.CharField(_("区划代码"), max_length=12, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    kind = models.CharField(_("级别"), max_length=8, choices=PlaceKind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    alias = models.CharField(_("简码"), max_length=12, blank=True)  # "t01"; accepted wherever a code is
    pinyin = models.CharField(_("拼音首字母"), max_length=30, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="place_code_fits_kind",
                condition=models.Q(kind="county", code__regex=r"^\d{6}$")
                | models.Q(kind="town", code__regex=r"^\d{9}$")
                | models.Q(kind="village", code__regex=r"^\d{12}$"),
            ),
            models.UniqueConstraint(
                name="place_alias_unique", fields=["alias"], condition=~models.Q(alias="")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def town_code(self) -> str:
        """The code of the town this place is or lies in; empty for the county."""
        return self.code[:9] if len(self.code) >= 9 else ""

    @property
    def county_code(self) -> str:
        return self.code[:6]


class Sector(models.Model):
    """A line of business with its competent department (行业)."""

    code = models.CharField(_("代码"), max_length=20, unique=True)
    name = models.CharField(_("名称"), max_length=40)
    alias = models.CharField(_("简码"), max_length=20, unique=True)

    objects = SectorQuerySet.as_manager()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Organization(Dated):
    """A unit that can be responsible: centre, committee, department, station, village, enterprise."""

    code = models.CharField(_("单位代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=100)
    short_name = models.CharField(_("简称"), max_length=40, blank=True)
    kind = models.CharField(_("类型"), max_length=24, choices=OrganizationKind.choices)
    place = models.ForeignKey(Place, models.PROTECT, related_name="organizations")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    sectors = models.ManyToManyField(Sector, blank=True, related_name="organizations")
    vertically_managed = models.BooleanField(
        _("垂直管理"), default=False, help_text=_("可以致函，不能交办。")
    )
    address = models.CharField(_("地址"), max_length=200, blank=True)
    phone = models.CharField(_("公开电话"), max_length=40, blank=True)
    paper_mark = models.CharField(
        _("机关代字"),
        max_length=20,
        blank=True,
        help_text=_("印在文号前面，如“青综治”；不填则印单位简称。"),
    )
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        indexes = [models.Index(fields=["place", "kind"], name="organization_by_place")]
        constraints = [
            models.UniqueConstraint(
                name="paper_mark_once", fields=["paper_mark"], condition=~models.Q(paper_mark="")
            ),
        ]
        triggers = recorded(_("单位"), None)

    def __str__(self) -> str:
        return self.short_name or self.name

    @property
    def mark(self) -> str:
        """What its papers are numbered with: its 机关代字, else the name it is known by, which is its own too."""
        return self.paper_mark or self.short_name or self.name

    @property
    def is_county_level(self) -> bool:
        return self.place.kind == PlaceKind.COUNTY


class Post(models.Model):
    """A role in an organization, held by appointments. `portfolio` is what a deputy answers for (分管领域)."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="posts")
    role = models.CharField(_("岗位"), max_length=24, choices=PostRole.choices)
    title = models.CharField(_("职务名称"), max_length=60, blank=True)
    portfolio = ArrayField(
        models.CharField(max_length=24, choices=HotField.choices), default=list, blank=True
    )
    is_political_legal = models.BooleanField(_("兼任政法委员"), default=False)
    is_active = models.BooleanField(_("启用"), default=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["organization__code", "role"]
        constraints = [
            models.UniqueConstraint(name="post_once", fields=["organization", "role", "title"]),
        ]
        triggers = recorded(_("岗位"), None)

    def __str__(self) -> str:
        unit, title = said_once(str(self.organization), self.title_words)
        names = {"unit": unit, "title": title}
        return pgettext("a post", "%(unit)s%(title)s") % names if unit else title

    @property
    def title_words(self) -> str:
        """The title, or what the role is called; a title the catalogue knows in the reader's language."""
        return gettext(self.title) if self.title else str(self.get_role_display())

    @property
    def portfolio_words(self) -> list[str]:
        return [str(HotField(field).label) for field in self.portfolio]

    @property
    def code(self) -> str:
        """`organization:role`, as the API writes it."""
        return f"{self.organization.code}:{self.role}"


__all__ = ["Dated", "DatedQuerySet", "Organization", "Place", "Post", "Sector"]
