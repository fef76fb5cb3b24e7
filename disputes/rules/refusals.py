"""What the reason of a refusal, or the matter itself, says of the routes that are still open. Pure."""

import re

COURT, REVIEWED, OTHER = "court", "reviewed", "other"
IN_COURT = re.compile(r"法院|诉讼|起诉|判决|裁定|仲裁")
FINISHED = re.compile(r"复核|信访终结|三级终结|复查复核")
# Of a narrative, which may speak of courts without standing before one: "再不解决就起诉", "还没有起诉".
BEFORE_A_COURT = re.compile(
    r"(?:已经?|正在|刚刚?)[^，。；！？不没未要想准打]{0,8}(?:起诉|诉讼|仲裁|立案)"
    r"|法院[^，。；！？不没未要想]{0,6}(?:立案|受理|判决|裁定|审理|开庭)"
    r"|(?:判决|裁定|裁决)书|一审|二审|再审"
)


def ground_of(reason: str) -> str:
    """`reviewed`: finished by 复核; `court`: before a court or arbitrators, or decided by them; else `other`."""
    if FINISHED.search(reason):
        return REVIEWED
    return COURT if IN_COURT.search(reason) else OTHER


def ground_in(narrative: str) -> str:
    """The same of a matter as it was told: `court` only where it says that it stands, or stood, before one."""
    if FINISHED.search(narrative):
        return REVIEWED
    return COURT if BEFORE_A_COURT.search(narrative) else OTHER
