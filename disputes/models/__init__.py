from disputes.models.access import AccessGrant, ConflictMark
from disputes.models.assignment import Assignment, DispatchCatalogue, StepRequest
from disputes.models.attachment import Attachment
from disputes.models.canned import CannedText
from disputes.models.category import DisputeCategory
from disputes.models.dispute import Dispute
from disputes.models.following import Following
from disputes.models.handing import Handing
from disputes.models.intake import IdempotencyKey, IntakeDraft
from disputes.models.ledger import DailySeal, EntryText, LedgerBook, TrailEntry
from disputes.models.not_resolved import NotResolved
from disputes.models.origin import Origin
from disputes.models.paper import PaperBook, PaperNumber
from disputes.models.party import Party
from disputes.models.restriction import RestrictionQuestion
from disputes.models.working import ExportJob, LedgerColumns, SavedView

__all__ = [
    "AccessGrant",
    "Assignment",
    "Attachment",
    "CannedText",
    "ConflictMark",
    "DailySeal",
    "DispatchCatalogue",
    "Dispute",
    "DisputeCategory",
    "EntryText",
    "ExportJob",
    "Following",
    "Handing",
    "IdempotencyKey",
    "IntakeDraft",
    "LedgerBook",
    "LedgerColumns",
    "NotResolved",
    "Origin",
    "PaperBook",
    "PaperNumber",
    "Party",
    "RestrictionQuestion",
    "SavedView",
    "StepRequest",
    "TrailEntry",
]
