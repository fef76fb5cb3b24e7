"""Shapes of what is entered about channels, hours and wishes; the services decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Form
from notifications.channels.kinds import KINDS
from notifications.choices import MUTABLE, Channel, Topic

HINTS = {
    Channel.SMS: _(
        "短信网关的地址，例如 json://网关/发送?to={phone}。{phone} 会换成收件人的手机号，{username} 换成用户名。"
    ),
    Channel.WECOM: _("企业微信群机器人：wecombot://机器人的 key。群里每件事只发一次。"),
    Channel.DINGTALK: _("钉钉群机器人：dingtalk://密钥@令牌/。群里每件事只发一次。"),
    Channel.WEBHOOK: _("接收 JSON 的地址：jsons://主机/路径。需要逐人发送时写上 {username}。"),
}


class ChannelForm(Form):
    """The address is entered, never shown again: it holds the channel's secrets."""

    enabled = forms.BooleanField(label=_("启用"), required=False)
    target = forms.CharField(
        label=_("地址"),
        max_length=500,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, channel: Channel, has_target: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not KINDS[channel].has_target:
            del self.fields["target"]
            return
        kept = _("已保存，留空表示不变。") if has_target else ""
        self.fields["target"].help_text = f"{HINTS[channel]}{kept}"


class HoursForm(Form):
    """Working hours from a day on."""

    effective_from = forms.DateField(label=_("生效日期"), help_text=_("今天或以后。"))
    opens = forms.TimeField(label=_("上班"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    closes = forms.TimeField(label=_("下班"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    source = forms.CharField(label=_("依据"), max_length=200, help_text=_("如：县政府办公室作息时间通知。"))


class PreferenceForm(Form):
    email = forms.BooleanField(
        label=_("用电子邮件提醒我"),
        required=False,
        help_text=_("只在上班时间发送。紧急事项不受此项影响，随时发送。"),
    )
    muted = forms.MultipleChoiceField(
        label=_("不提醒的种类"),
        required=False,
        choices=[(topic.value, topic.label) for topic in MUTABLE],
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "勾选的种类仍记入消息列表，但不响铃、不发送。人身危险、报告给我的预警、一级和二级预警、最后几小时的期限总会提醒。"
        ),
    )


class TopicForm(Form):
    """Which kind a list is narrowed to."""

    topic = forms.ChoiceField(choices=Topic.choices, required=False)

    @classmethod
    def topic_of(cls, query: Any) -> str:
        """The kind asked for; what is none shows all."""
        form = cls(query)
        return str(form.cleaned_data.get("topic", "")) if form.is_valid() else ""


class KeysetForm(Form):
    """Where a list goes on."""

    before = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)

    @classmethod
    def before_of(cls, query: Any) -> int | None:
        """The key asked for; what is no key starts at the beginning."""
        form = cls(query)
        return form.cleaned_data.get("before") if form.is_valid() else None
