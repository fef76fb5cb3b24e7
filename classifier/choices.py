"""Values with their words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PolicyState(models.TextChoices):
    DRAFT = "draft", _("草案")
    PROPOSED = "proposed", _("待第二人发布")
    PUBLISHED = "published", _("已发布")
    WITHDRAWN = "withdrawn", _("已作废")


class ReplayState(models.TextChoices):
    WAITING = "waiting", _("排队中")
    RUNNING = "running", _("回放中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("中断")
