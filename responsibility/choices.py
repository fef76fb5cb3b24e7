"""Values with their words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ResponsibilityRule(models.TextChoices):
    """The situations of §8, in the order in which they are asked; the first that fits decides."""

    UNIT_VERSUS_LOCALITY = "unit_versus_locality", _("单位与驻地之间的矛盾")
    INSIDE_UNIT = "inside_unit", _("单位内部的矛盾")
    ACROSS_SECTORS = "across_sectors", _("跨行业的矛盾")
    ACROSS_TOWNS = "across_towns", _("跨乡镇的矛盾")
    ONE_SECTOR = "one_sector", _("行业性的矛盾")
    WITHIN_TOWN = "within_town", _("乡镇辖区内的矛盾")
