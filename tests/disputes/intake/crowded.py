"""A crowded town: ten thousand disputes told in a few dozen ways, some of them told twice in other words."""

from __future__ import annotations

import random
from dataclasses import dataclass

SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹喻柏水窦章云苏潘葛范彭鲁韦马方俞任袁"
)
GIVEN = "建国志强秀英桂兰海燕春生德明玉梅福贵金花永康长根水清文斌红军小芳国栋美玲大勇细妹冬生腊梅"
VILLAGES = "石桥大塘上坪黄泥岭柳湾杨家坳白石洞井头观音阁老屋场长冲竹山湾新塘龙潭枫树坪花桥马头岭莲塘"
FIRMS = "鑫源宏达永兴盛泰金穗恒通众诚华丰顺达安居锦绣瑞丰天成广厦"
CATEGORIES: tuple[tuple[str, str], ...] = (
    (
        "{a}反映邻居{b}家建房时把排水沟改到{v}自家院墙边，{m}月{d}日下雨积水漫进堂屋，泡坏{n}袋稻谷，双方多次争吵，要求恢复原状。",
        "{v}村民{a}来镇里说，{b}盖新屋改了排水沟，{m}月{d}日大雨后堂屋进水，{n}袋稻谷泡坏，两家吵过几回，希望镇里出面恢复水沟。",
    ),
    (
        "{f}公司拖欠{a}等{n}名工人{m}月至今的工资共{k}万元，包工头{b}称工程款没有到账，工人要求尽快支付。",
        "{a}等人在{f}工地做工，{n}人从{m}月起没有领到工资，合计{k}万元，老板{b}推说上面没拨款，请求帮忙讨要。",
    ),
    (
        "{v}{a}与{b}因承包地田埂移位发生争执，{a}称对方占去{n}分地，{m}月{d}日春耕时动锄头挖埂，要求到现场丈量。",
        "{m}月{d}日，{b}耕田时把田埂往里挪，{v}{a}认为自家承包地少了{n}分，两人在田里争执，请求国土所现场测量定界。",
    ),
    (
        "{a}在{f}超市购买的电饭煲使用{n}天后漏电，商家{b}拒绝退货，消费者要求退一赔三共{k}千元。",
        "消费者{a}称在{f}超市买电饭煲，用了{n}天就漏电，找店主{b}退货被拒，要求退货并赔偿{k}千元。",
    ),
    (
        "{a}的母亲在{v}路口被{b}驾驶的三轮车撞伤，住院{n}天，医疗费{k}万元，双方对赔偿数额意见不一。",
        "{m}月{d}日{b}开三轮车在{v}路口撞了{a}的母亲，老人住院{n}天花了{k}万元，赔多少谈不拢。",
    ),
    (
        "{a}与{b}婚后感情不和，{a}要求离婚，双方对{n}岁孩子的抚养和{k}万元存款分割有分歧，请求调解。",
        "{v}{a}提出同丈夫{b}离婚，为{n}岁小孩归谁和{k}万元存款怎么分争执不下，请镇里调解。",
    ),
    (
        "{v}采石场放炮震裂{a}等{n}户房屋，场主{b}只愿每户补{k}百元，村民要求请人鉴定后赔偿。",
        "{a}等{n}户反映{b}的采石场放炮，{v}房屋墙体开裂，对方只答应一户给{k}百元，要求鉴定、按鉴定赔偿。",
    ),
    (
        "{a}借给{b}现金{k}万元，约定{m}月归还，至今未还，多次上门讨要无果，请求调解。",
        "{b}向{v}{a}借了{k}万元，说好{m}月还清，到现在分文未给，{a}几次上门都没要到。",
    ),
    (
        "{f}小区业主{a}等反映电梯停运{n}天，物业经理{b}以维修基金不足为由不修，要求{d}日前恢复。",
        "{f}小区电梯坏了{n}天没人修，业主{a}等人找物业，{b}说维修基金不够，业主希望{d}日之前修好。",
    ),
    (
        "{a}家的{n}头猪吃了{f}饲料店的饲料后死亡，店主{b}不承认饲料有问题，要求检测并赔偿{k}万元。",
        "{v}养殖户{a}称从{f}饲料店进的饲料有问题，{n}头猪死了，{b}不认账，请求检测，索赔{k}万元。",
    ),
    (
        "{v}修机耕道占用{a}青苗{n}分，村主任{b}答应补{k}百元一直没有发放，要求兑现。",
        "{a}反映村里修机耕道占了青苗{n}分，{b}承诺的{k}百元补偿至今没有给，请镇里督促兑现，地点在{v}。",
    ),
    (
        "{a}在{f}驾校交了{k}千元学费，{n}个月没有安排练车，教练{b}失联，要求退还学费。",
        "学员{a}向{f}驾校交费{k}千元，等了{n}个月排不上车，联系教练{b}联系不上，要求把学费退回来。",
    ),
)
SAYINGS = (
    "情况属实，请尽快处理。", "希望政府出面协调。", "双方情绪目前平稳。", "村干部已上门做过工作。",
    "此前调解过一次没有达成一致。",
    "当事人愿意接受调解。", "请有关部门到现场查看。", "对方至今没有答复。",
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    title: str
    narrative: str
    matter: int
    village: str
    names: tuple[str, str]


def town(count: int, twins: int, *, seed: int = 7) -> tuple[list[Told], list[Told]]:
    """`count` different matters as registered first, and the second telling of `twins` of them."""
    rnd = random.Random(seed)
    matters = [_facts(rnd) for _number in range(count)]
    first = [_told(number, facts, 0, rnd) for number, facts in enumerate(matters)]
    again = [_told(number, matters[number], 1, rnd) for number in rnd.sample(range(count), twins)]
    return first, again


def _facts(rnd: random.Random) -> dict[str, str]:
    return {
        "kind": str(rnd.randrange(len(CATEGORIES))),
        "a": _name(rnd),
        "b": _name(rnd),
        "v": _two(VILLAGES, rnd) + rnd.choice(("", "一组", "二组", "三组", "五组", "八组")),
        "f": _two(FIRMS, rnd),
        "m": str(rnd.randint(1, 12)),
        "d": str(rnd.randint(1, 28)),
        "n": str(rnd.randint(2, 48)),
        "k": rnd.choice((str(rnd.randint(2, 90)), f"{rnd.randint(1, 30)}.{rnd.randint(1, 9)}")),
    }


def _told(matter: int, facts: dict[str, str], way: int, rnd: random.Random) -> Told:
    words = CATEGORIES[int(facts["kind"])][way].format(**facts)
    narrative = words + "".join(rnd.sample(SAYINGS, rnd.randint(0, 2)))
    return Told(words[:18], narrative, matter, facts["v"][:2], (facts["a"], facts["b"]))


def _name(rnd: random.Random) -> str:
    return rnd.choice(SURNAMES) + "".join(rnd.sample(GIVEN, 2))


def _two(letters: str, rnd: random.Random) -> str:
    at = rnd.randrange(0, len(letters) - 1)
    return letters[at : at + 2]
