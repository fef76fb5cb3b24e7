"""Names that only a unit can have. A shop called after its owner is left to whoever knows it."""

import re
import unicodedata

BRACKETED = re.compile(r"[（(][^（()）]*[)）]")
UNIT = re.compile(
    r".{2,}(?:公司|集团|合作社|合作联社|经济联合社|信用社|联社|基金会|商会|协会|学会|委员会|居委会|村委会|业委会"
    r"|党支部|人民政府|镇政府|乡政府|县政府|区政府|办事处|人民法院|检察院|公安局|派出所|司法所|税务局|管理局|管理站"
    r"|银行|支行|分行|储蓄所|医院|卫生院|卫生室|卫生服务中心|学校|小学|中学|大学|学院|幼儿园|敬老院|养老院"
    r"|事务所|项目部|工程队|施工队|物业处|服务部|经营部|经销部|门市部|加工厂|养殖场|批发部|超市|水泥厂|砖厂|陶瓷厂"
    r"|责任公司|有限合伙|分公司|子公司|工厂|厂部|商行|酒店|宾馆|饭店|餐馆)"
)


def names_a_unit(name: str) -> bool:
    """青岚陶瓷有限公司, 石桥村民委员会, 县医院（东院）: not the name of a natural person."""
    return bool(UNIT.fullmatch(BRACKETED.sub("", name).strip()))


def same_name(name: str) -> str:
    """A name as it is compared: without spaces, brackets in one width."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name)).casefold()
