"""反映人要求: what somebody asks for, in the words of what was taken down. Quoted, never made up."""

import re

SENTENCE = re.compile(r"[^。！？!?；;\n]+")
CLAUSE = re.compile(r"[，,：:]")
ASKS = re.compile(
    r"^(?:现|现在|故|特|因此|为此|所以|希望|并)?(?:强烈|坚决|一致)?(?:要求|请求|恳请|恳求|诉求|希望|请(?:政府|村里|镇里|中心|调解|帮))"
)
LIMIT = 200


def claim_of(narrative: str) -> str:
    """The parts of the narrative that ask, from the clause that begins to ask to the end of its sentence.

    Only clauses without a subject of their own: "对方要求赔偿" is not what the applicant asks. Empty where none is.
    """
    found = [said for sentence in SENTENCE.findall(narrative) if (said := _asked(sentence.strip()))]
    text = "；".join(dict.fromkeys(found))
    return text if len(text) <= LIMIT else ""


def _asked(sentence: str) -> str:
    start = 0
    for clause in CLAUSE.split(sentence):
        if ASKS.match(clause.strip()):
            return sentence[start:].strip()
        start += len(clause) + 1
    return ""
