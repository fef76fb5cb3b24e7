"""What the access log calls the things of this app."""

from django.utils.translation import gettext_lazy as _

from audit.targets import register

register(
    {
        "attachment": _("附件"),
        "canned_text": _("常用语"),
        "dispatch_catalogue": _("分流交办目录"),
        "dispute": _("纠纷"),
        "export": _("导出文件"),
        "ledger": _("台账"),
        "party": _("当事人"),
    }
)
