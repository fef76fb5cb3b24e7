"""What the reason of a refusal says of the law it rests on and of the routes that are still open. Pure."""

import re

COURT, REVIEWED, OTHER = "court", "reviewed", "other"
IN_COURT = re.compile(r"法院|诉讼|起诉|判决|裁定|仲裁")
FINISHED = re.compile(r"复核|信访终结|三级终结|复查复核")


def ground_of(reason: str) -> str:
    """`reviewed`: finished by 复核; `court`: before a court or arbitrators, or decided by them; else `other`."""
    if FINISHED.search(reason):
        return REVIEWED
    return COURT if IN_COURT.search(reason) else OTHER
