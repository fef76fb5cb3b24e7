"""What the reason of a refusal says of the law it rests on and of the routes that it leaves open. Pure.

Read clause by clause: what somebody should do, or has not done, is no proceeding that runs.
"""

import re

COURT, ARBITRATION, REVIEWED, OTHER = "court", "arbitration", "reviewed", "other"
CLAUSE = re.compile(r"[，。；：,;:.!?！？\n]")
ADVISED = re.compile(
    r"应(?=当|该|由|向|通过|依|先|经|走|到|去|属)|可以|可(?=向|依|通过|由|先|在|申)|(?<!申)请|建议|须|需|宜|引导|告知"
)
DENIED = re.compile(r"未|没有|没(?=起|立|判|裁|开)|并非|不属|不予(?:受理|立案)|不曾|撤诉|撤回")
IN_COURT = re.compile(
    r"(?:法院|法庭|人民法院).{0,12}(?:立案|受理|审理|审查|开庭|判决|裁定|调解书|执行|起诉|提起)|"
    r"已经?.{0,8}(?:起诉|提起.{0,4}诉讼|诉至|开庭)|起诉(?:了|过)|开过庭|在诉|"
    r"(?:正在|进行的?).{0,6}诉讼|诉讼(?:中|期间|过程|程序)|判决|(?<!仲裁)裁定|诉至.{0,8}法院"
)
ARBITRATED = re.compile(
    r"已经?.{0,10}仲裁|仲裁.{0,10}(?:受理|立案|审理|开庭|裁决|调解书)|(?:正在|在).{0,6}仲裁|仲裁(?:中|期间)|裁决"
)
FINISHED = re.compile(r"复核|信访终结|三级终结")
# in a narrative, which may speak of courts without standing before one: "再不解决就起诉"
INTENDED = re.compile(r"(?:就|要|将)(?=去|向|到|起诉|打|申请)|否则|不然|准备|打算|想|扬言")
READ = ((REVIEWED, FINISHED), (COURT, IN_COURT), (ARBITRATION, ARBITRATED))

# ground → routes it has used up or shut, each with the law that says so
EXCLUDED: dict[str, frozenset[str]] = {
    # 民事诉讼法 art. 127 (no second suit), 人民调解工作若干规定 art. 22, 行政复议法 art. 29; an arbitrator is not
    # asked what a court has
    COURT: frozenset({"litigation", "mediation", "review", "labour_arbitration", "land_arbitration"}),
    # 人民调解工作若干规定 art. 22; who is before arbitrators, or has their award, does not apply anew
    ARBITRATION: frozenset({"mediation", "labour_arbitration", "land_arbitration"}),
    # 信访工作条例 art. 36: after 复核 the same facts and reasons are not accepted again
    REVIEWED: frozenset({"petition"}),
}


def ground_of(reason: str) -> str:
    """`reviewed`: finished by 复核; `court`, `arbitration`: before a court or arbitrators, or decided by them;
    else `other`."""
    clauses = [clause for clause in CLAUSE.split(reason) if clause]
    for ground, pattern in READ:
        if any(_says(clause, pattern) for clause in clauses):
            return ground
    return OTHER


def ground_in(narrative: str) -> str:
    """The same of a matter as it was told: a threat to sue is no lawsuit."""
    return ground_of("。".join(clause for clause in CLAUSE.split(narrative) if not INTENDED.search(clause)))


def excluded_by(reason: str) -> frozenset[str]:
    """The routes that nobody can be sent to for that reason."""
    return EXCLUDED.get(ground_of(reason), frozenset())


def _says(clause: str, pattern: re.Pattern[str]) -> bool:
    """Whether the clause states it as a fact: not as advice, and not as what did not happen."""
    found = pattern.search(clause)
    if found is None or DENIED.search(clause):
        return False
    return ADVISED.search(clause[: found.end()]) is None
