from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.recording import recorded
from core import masking
from core.fields import EncryptedTextField
from disputes.choices import PartyKind, PartyRole
from jurisdictions.models import Organization


class Party(models.Model):
    """Somebody in the dispute. Personal data is encrypted, found by keyed hash, shown masked."""

    dispute = models.ForeignKey("disputes.Dispute", models.CASCADE, related_name="parties")
    role = models.CharField(_("身份"), max_length=16, choices=PartyRole.choices)
    kind = models.CharField(_("类型"), max_length=8, choices=PartyKind.choices, default=PartyKind.NATURAL)
    name = EncryptedTextField(_("姓名或名称"))
    name_hash = models.CharField(max_length=64, db_index=True)
    id_number = EncryptedTextField(_("证件号码"), blank=True)
    id_hash = models.CharField(max_length=64, blank=True)
    phone = EncryptedTextField(_("电话"), blank=True)
    phone_hash = models.CharField(max_length=64, blank=True)
    address = EncryptedTextField(_("住址"), blank=True)
    head_count = models.PositiveIntegerField(_("人数"), default=1)
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        indexes = [
            models.Index(name="party_by_id_hash", fields=["id_hash"], condition=~Q(id_hash="")),
            models.Index(name="party_by_phone_hash", fields=["phone_hash"], condition=~Q(phone_hash="")),
        ]
        triggers = recorded(_("当事人"), hashed=("name", "id_number", "phone", "address"))
        constraints = [
            models.CheckConstraint(name="party_head_count", condition=Q(head_count__gte=1)),
        ]

    def __str__(self) -> str:
        return self.masked_name

    @property
    def masked_name(self) -> str:
        """Natural persons as 张**; units and groups are not personal data."""
        return masking.name(self.name) if self.kind == PartyKind.NATURAL else self.name

    @property
    def masked_id_number(self) -> str:
        return masking.id_number(self.id_number)

    @property
    def masked_phone(self) -> str:
        return masking.phone(self.phone)
