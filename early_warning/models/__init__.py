"""Warnings belong to disputes, never to people."""

from early_warning.models.escalation import Escalation, IncidentRecord, Instruction, PhoneTask
from early_warning.models.imported import ImportedLevel
from early_warning.models.reading import ClassifierFailure, Reading
from early_warning.models.warning import DisputeWarning, LevelRequest

__all__ = [
    "ClassifierFailure",
    "DisputeWarning",
    "Escalation",
    "ImportedLevel",
    "IncidentRecord",
    "Instruction",
    "LevelRequest",
    "PhoneTask",
    "Reading",
]
