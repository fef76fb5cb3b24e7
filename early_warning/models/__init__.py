"""Warnings belong to disputes, never to people."""

from early_warning.models.escalation import Escalation, IncidentRecord, Instruction, PhoneTask
from early_warning.models.imported import ImportedLevel
from early_warning.models.policy import ReplayRow, ReplayRun, WarningPolicy
from early_warning.models.reading import ClassifierFailure, Reading
from early_warning.models.responsibility import CaseLeader, EntrustmentLetter, Responsibility
from early_warning.models.warning import DisputeWarning, LevelRequest

__all__ = [
    "CaseLeader",
    "ClassifierFailure",
    "DisputeWarning",
    "EntrustmentLetter",
    "Escalation",
    "ImportedLevel",
    "IncidentRecord",
    "Instruction",
    "LevelRequest",
    "PhoneTask",
    "Reading",
    "ReplayRow",
    "ReplayRun",
    "Responsibility",
    "WarningPolicy",
]
