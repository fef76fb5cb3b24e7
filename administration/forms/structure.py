"""Shapes of what is entered about places, sectors, units and posts; the services decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from administration.forms.fields import CodeField
from core.forms import Form
from core.text_files import NotText, text_of
from jurisdictions.choices import HotField, OrganizationKind, PostRole
from jurisdictions.models import Sector

LARGEST_CSV = 1024 * 1024  # the preview posts it back, in three times as many bytes
CODE = RegexValidator(r"^[a-z0-9][a-z0-9._-]*$", _("只能用小写字母、数字、点、横线和下划线。"))
DIGITS = RegexValidator(r"^[0-9]+$", _("区划代码只有数字。"))


class PlaceForm(Form):
    code = forms.CharField(
        label=_("区划代码"),
        max_length=12,
        validators=[DIGITS],
        help_text=_("县 6 位、乡镇 9 位、村 12 位，同统计用区划代码。级别和上级由代码确定。"),
    )
    name = forms.CharField(label=_("名称"), max_length=60)
    alias = forms.CharField(
        label=_("简码"), max_length=12, required=False, validators=[CODE], help_text=_("如 t01，可代替代码。")
    )
    valid_from = forms.DateField(label=_("启用日期"))


class PlaceEditForm(Form):
    name = forms.CharField(label=_("名称"), max_length=60, help_text=_("已登记的纠纷保留当时的名称。"))
    alias = forms.CharField(label=_("简码"), max_length=12, required=False, validators=[CODE])
    pinyin = forms.CharField(
        label=_("拼音首字母"), max_length=30, required=False, help_text=_("输入 qsz 即可找到青石镇。")
    )


class PlaceEndForm(Form):
    valid_to = forms.DateField(label=_("停用日期"), help_text=_("这一天仍有效，次日起不能再选。"))
    successor = CodeField("place", label=_("承接的区划"), required=False, help_text=_("撤并后归入哪里。"))


class PlaceUploadForm(Form):
    """The first step of an import: the file becomes text, which the preview carries on."""

    file = forms.FileField(label=_("区划代码文件（CSV）"), help_text=_("UTF-8 或 GB18030 编码，1 MB 以内。"))
    valid_from = forms.DateField(label=_("新增区划的启用日期"))

    def clean_file(self) -> str:
        upload = self.cleaned_data["file"]
        if (upload.size or 0) > LARGEST_CSV:
            raise forms.ValidationError(_("文件过大：一个县的区划代码不会超过 1 MB。"))
        try:
            return text_of(upload.read())
        except NotText:
            raise forms.ValidationError(_("读不出文字。请另存为 CSV（UTF-8）后再上传。")) from None


class PlaceConfirmForm(Form):
    """The second step: what was previewed, to be loaded."""

    text = forms.CharField(widget=forms.HiddenInput, strip=False, max_length=LARGEST_CSV)
    valid_from = forms.DateField(widget=forms.HiddenInput)


class SectorEditForm(Form):
    name = forms.CharField(label=_("名称"), max_length=40)
    alias = forms.CharField(
        label=_("简码"), max_length=20, validators=[CODE], help_text=_("一般用主管部门的单位代码，如 hrss。")
    )


class SectorForm(SectorEditForm):
    code = forms.CharField(label=_("代码"), max_length=20, validators=[CODE])
    field_order = ["code", "name", "alias"]


class OrganizationEditForm(Form):
    name = forms.CharField(label=_("名称"), max_length=100)
    short_name = forms.CharField(label=_("简称"), max_length=40, required=False)
    parent = CodeField("organization", label=_("上级单位"), required=False)
    sectors = forms.ModelMultipleChoiceField(
        Sector.objects.all(),
        label=_("主管行业"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    vertically_managed = forms.BooleanField(
        label=_("垂直管理"), required=False, help_text=_("垂管单位可以致函，不能交办。")
    )
    address = forms.CharField(label=_("地址"), max_length=200, required=False)
    phone = forms.CharField(label=_("公开电话"), max_length=40, required=False)
    paper_mark = forms.CharField(
        label=_("机关代字"),
        max_length=20,
        required=False,
        help_text=_("印在文号前面，如“青综治”；不填则印单位简称。"),
    )


class OrganizationForm(OrganizationEditForm):
    code = forms.CharField(
        label=_("单位代码"), max_length=40, validators=[CODE], help_text=_("如 t01.centre，以后不能改。")
    )
    kind = forms.ChoiceField(label=_("类型"), choices=[("", "—"), *OrganizationKind.choices])
    place = CodeField("place", label=_("所在区划"), help_text=_("单位的人能看到哪里的纠纷由它确定，不能改。"))
    valid_from = forms.DateField(label=_("启用日期"))
    field_order = ["code", "name", "short_name", "kind", "place", "parent", "valid_from"]


class OrganizationEndForm(Form):
    valid_to = forms.DateField(label=_("停用日期"), help_text=_("这一天仍有效，次日起不能再选。"))
    successor = CodeField("organization", label=_("承接单位"), required=False)


class PostEditForm(Form):
    title = forms.CharField(
        label=_("职务名称"), max_length=60, required=False, help_text=_("如：副镇长、政法委员。")
    )
    portfolio = forms.MultipleChoiceField(
        label=_("分管领域"),
        choices=HotField.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("分管负责人按领域收到预警，其他岗位不用选。"),
    )
    is_political_legal = forms.BooleanField(label=_("兼任政法委员"), required=False)


class PostForm(PostEditForm):
    role = forms.ChoiceField(label=_("岗位"), choices=[("", "—"), *PostRole.choices])
    field_order = ["role", "title"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("portfolio") and data.get("role") not in (None, PostRole.DEPUTY):
            self.add_error("portfolio", _("只有分管负责人有分管领域。"))
        return data
