"""The records. Periods are half-open: `effective_from` inclusive, `effective_until` exclusive,
empty meaning still in force. See `base.py` for the life of a record."""

from policies.models.account import AccountEvent
from policies.models.agreement import COUNTY_LEVEL, AgencyType, Agreement, AgreementKind, IceList
from policies.models.base import ChangeKind, Precision, RecordStatus
from policies.models.coding import AnswerChoices, CodedAnswer, CodingTask
from policies.models.document_page import DocumentPage
from policies.models.local_policy import FactorChoices, LocalPolicy, RecordedAnswer
from policies.models.quality import ErrorReport, PublicRecordsRequest, QualityItem
from policies.models.reference import DataNote, LocalOption, LocalPower, PublishedFigure
from policies.models.review import ChangeItem, ChangeSet, ReviewNote
from policies.models.review_link import ReviewLink
from policies.models.score import ChangeEvent, ScorePeriod
from policies.models.site_text import SiteText
from policies.models.source import (
    Citation,
    DocumentKind,
    SourceDocument,
    TextState,
)
from policies.models.state_law import (
    EffectChoices,
    LawLevel,
    ProvisionClaim,
    ProvisionException,
    StateProvision,
)
from policies.models.submission import (
    IceEngagement,
    ImportChoice,
    Submission,
    SubmissionKind,
)
from policies.models.win import PolicyWin, WinFactor, WinKind

__all__ = [
    "COUNTY_LEVEL",
    "AccountEvent",
    "AgencyType",
    "Agreement",
    "AgreementKind",
    "AnswerChoices",
    "ChangeEvent",
    "ChangeItem",
    "ChangeKind",
    "ChangeSet",
    "Citation",
    "CodedAnswer",
    "CodingTask",
    "DataNote",
    "DocumentKind",
    "DocumentPage",
    "EffectChoices",
    "ErrorReport",
    "FactorChoices",
    "IceEngagement",
    "IceList",
    "ImportChoice",
    "LawLevel",
    "LocalOption",
    "LocalPolicy",
    "LocalPower",
    "PolicyWin",
    "Precision",
    "ProvisionClaim",
    "ProvisionException",
    "PublicRecordsRequest",
    "PublishedFigure",
    "QualityItem",
    "RecordStatus",
    "RecordedAnswer",
    "ReviewLink",
    "ReviewNote",
    "ScorePeriod",
    "SiteText",
    "SourceDocument",
    "StateProvision",
    "Submission",
    "SubmissionKind",
    "TextState",
    "WinFactor",
    "WinKind",
]
