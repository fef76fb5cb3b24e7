"""The warning classifier of §7: a narrative and a policy in, a level with its evidence out. Pure Python."""

from classifier.rules.default import default_document
from classifier.rules.faults import PolicyFault
from classifier.rules.inspection import check
from classifier.rules.policy import Policy, PolicyError
from classifier.rules.reading import classify
from classifier.rules.verdict import Evidence, Verdict

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
