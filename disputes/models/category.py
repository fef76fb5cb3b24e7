from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jurisdictions.choices import HotField


class DisputeCategory(models.Model):
    """A kind of dispute (people's mediation statistics and §5), with the hot field it counts under."""

    code = models.CharField(_("代码"), max_length=24, unique=True)
    name = models.CharField(_("名称"), max_length=40)
    name_en = models.CharField(max_length=60)
    group = models.CharField(_("分组"), max_length=20)
    hot_field = models.CharField(_("重点领域"), max_length=24, choices=HotField.choices)
    restricted_by_default = models.BooleanField(_("默认限制知悉"), default=False)
    is_active = models.BooleanField(_("启用"), default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name
