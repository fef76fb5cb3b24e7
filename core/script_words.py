"""Sentences of the browser modules. `{…}` is filled in there."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "saving": _("正在保存"),
    "saved": _("已自动保存 {time}"),
    "save_failed": _("没有存上，文字仍在本页，稍后会再试"),
    "save_expired": _("登录已过期，文字已留在本机，请重新登录"),
    "restored": _("已恢复您 {time} 填写的内容"),
    "discard": _("不用恢复"),
    "not_sent": _("“{title}”里填写的内容还没有提交成功，文字还在。"),
    "go_on": _("回去继续"),
    "throw_away": _("不要了"),
    "idle_title": _("您很久没有操作了"),
    "idle_text": _("还有 {minutes} 分钟将自动退出。已填写的文字会留在本机。"),
    "gone_title": _("您已自动退出"),
    "gone_text": _("已填写的文字留在本机，重新登录后会恢复。"),
    "working": _("正在提交"),
    "close": _("关闭"),
    "show_table": _("看表格"),
    "show_chart": _("看图"),
    "none_found": _("没有找到"),
    "results": _("{n} 个结果"),
    "offline": _("连不上服务器，请检查网络后再试"),
    "held_back": _("现在没有网络，还没有提交；填写的内容仍在本页，连上后请再按一次"),
    "server_error": _("系统出错，请稍后再试"),
    "time_left": _("剩 {amount}"),
    "time_over": _("超期 {amount}"),
    "days_hours": _("{days} 天 {hours} 小时"),
    "hours_minutes": _("{hours} 小时 {minutes} 分"),
    "minutes_seconds": _("{minutes} 分 {seconds} 秒"),
    "not_permitted": _("您没有办理这一步的权限"),
}
