"""The warning classifier of §7: a narrative and a policy in, a level with its evidence out. Pure Python."""

from early_warning.rules.classifier.default import default_document
from early_warning.rules.classifier.faults import PolicyFault
from early_warning.rules.classifier.inspection import check
from early_warning.rules.classifier.policy import Policy, PolicyError
from early_warning.rules.classifier.reading import classify
from early_warning.rules.classifier.verdict import Evidence, Verdict

__all__ = [
    "Evidence",
    "Policy",
    "PolicyError",
    "PolicyFault",
    "Verdict",
    "check",
    "classify",
    "default_document",
]
