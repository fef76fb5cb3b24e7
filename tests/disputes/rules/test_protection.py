"""Words and ages that propose to keep a matter to few, from a list somebody judged by reading."""

from __future__ import annotations

import pytest

from disputes.rules.protection import Ground, grounds_in

MINOR, SEXUAL, HOME = Ground.MINOR, Ground.SEXUAL, Ground.HOME
JUDGED: tuple[tuple[str, set[Ground]], ...] = (
    # cases 05, 08 and 18 of the played week
    ("女方反映丈夫长期酗酒、多次殴打她，要求离婚，孩子8岁归女方抚养。", {MINOR, HOME}),
    ("镇中心小学三年级学生王小某（9岁）体育课摔伤，骨折，家长要求学校赔偿医疗费和补课费3.2万元。", {MINOR}),
    ("镇中学初二女生（14岁）被同班三名同学多次殴打并拍视频，家长要求学校和对方家长赔礼道歉。", {MINOR}),
    ("其子十五岁，在工地打工。", {MINOR}),
    ("刚满十岁的男童落水。", {MINOR}),
    ("年仅17周岁。", {MINOR}),
    ("妇女反映被邻村男子猥亵。", {SEXUAL}),
    ("多次遭其丈夫毒打。", {HOME}),
    ("反映家庭暴力，要求离婚。", {HOME}),
    ("继父长期打骂她。", {HOME}),
    # nothing of the kind
    ("其丈夫被邻居殴打，要求赔偿。", set()),
    ("老人今年68岁，与儿子因赡养发生争执。", set()),
    ("当事人18岁，成年。", set()),
    ("二十八岁，外出务工。", set()),
    ("死了一头3岁的牛。", set()),
    ("儿童公园门口停车收费。", set()),
    ("丈夫与邻居互相打骂。", set()),
    ("两家排水沟争执，多次争吵。", set()),
    ("高一层楼的住户挡住采光。", set()),
)


@pytest.mark.parametrize(("text", "right"), JUDGED)
def test_what_the_text_names(text: str, right: set[Ground]) -> None:
    assert set(grounds_in(text)) == right
