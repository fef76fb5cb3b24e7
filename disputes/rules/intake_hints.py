"""What a narrative shows while it is typed: personal data that belongs elsewhere, and signs of danger."""

import re
import unicodedata

ID_NUMBER = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])")
PHONE = re.compile(r"(?<![0-9])1[3-9][0-9](?:[ -]?[0-9]{4}){2}(?![0-9])")
DANGER_WORDS = (
    "炸药", "雷管", "爆炸", "引爆", "汽油", "纵火", "放火", "点火", "自焚", "煤气罐",
    "农药", "投毒", "下毒", "百草枯", "敌敌畏", "砍刀", "菜刀", "持刀", "动刀", "刀具", "枪", "弓弩",
    "自杀", "跳楼", "上吊", "喝药", "轻生", "不想活", "同归于尽", "杀人", "杀了", "砍人", "砍死", "捅",
)  # fmt: skip


def has_id_number(text: str) -> bool:
    return bool(ID_NUMBER.search(unicodedata.normalize("NFKC", text)))


def has_phone(text: str) -> bool:
    return bool(PHONE.search(unicodedata.normalize("NFKC", text)))


def danger_words(text: str) -> list[str]:
    """The words that speak for 人身危险, in the order of the text; a proposal, the clerk decides."""
    plain = unicodedata.normalize("NFKC", text)
    found = [(plain.find(word), word) for word in DANGER_WORDS if word in plain]
    return [word for _place, word in sorted(found)]


def own_characters(name: str) -> str:
    """Characters of the private-use areas: kept, but drawn only where their font was installed."""
    return "".join(dict.fromkeys(char for char in name if unicodedata.category(char) == "Co"))
