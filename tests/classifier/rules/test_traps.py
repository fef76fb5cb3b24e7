"""One trap, one test: words that look like a warning and are none, and the other way round."""

import pytest

from tests.classifier.rules.classifying import danger, indicators, level, verdict


@pytest.mark.parametrize(
    "text",
    [
        "十六名村民要求解释水费上涨原因，明确表示不会闹事，愿意按程序等待答复。",
        "二十名业主声明不上访、不堵门、不拉横幅，只要求公开账目。",
        "三十名工人没有聚集，也没有发生堵路、打砸等情况，正在等候核算工资。",
    ],
)
def test_what_people_say_they_will_not_do_makes_no_level(text: str) -> None:
    assert level(text, 20) == 0


def test_a_denied_blockade_does_not_hide_the_planned_petition_beside_it() -> None:
    assert level("二十三名业主没有聚集堵路，但已包好大巴后天集体到省信访局。", 23) == 3


def test_nothing_done_and_no_answer_are_not_denials() -> None:
    assert level("二十名工人找县里没结果就商量一起去省里上访。", 20) == 3


@pytest.mark.parametrize(
    "text",
    [
        "该批二十一户补偿问题2018年曾引发集体赴省上访，2019年已全部化解结案，此次仅补办存折。",
        "前年三十名村民曾堵过砖厂大门，事情早已了结，现申请复垦。",
        "两村1996年曾因水源山发生械斗，死伤数人，后立碑划界相安无事，现请镇里见证友好公约。",
    ],
)
def test_what_is_past_and_settled_makes_no_level(text: str) -> None:
    assert level(text, 30) == 0


def test_an_old_settled_matter_that_stirs_again_counts() -> None:
    text = "十一名放映员2012年曾集体进京，当时签订息访协议；近日再次串联，扬言月底重新进京。"
    assert level(text, 11) == 3


def test_a_petition_given_up_for_a_blockade_is_a_blockade() -> None:
    assert level("三十五名村民称不再上访，改为明天去堵采石场的路。", 35) == 2


def test_a_blockade_given_up_for_a_petition_is_a_petition() -> None:
    assert level("二十名业主不再堵小区大门，转而商定明天一起去市住建局上访。", 20) == 3


def test_a_plan_given_up_for_a_lawful_way_is_nothing() -> None:
    text = "二十二名村民原打算包车到省里上访，经劝说后打消念头，改由推选的三名代表到镇信访办当面反映。"
    assert level(text, 22) == 0


def test_what_two_people_shout_in_a_quarrel_is_not_a_crowd() -> None:
    text = "两家因滴水发生口角，李某气头上说要喊二十个人来把墙推了，对方说那就去北京告他，均系气话。"
    assert level(text, 2) == 0


def test_five_representatives_going_lawfully_are_no_warning() -> None:
    assert level("五名代表受村民推选到县水利局按程序反映灌溉问题，已预约接访。", 5) == 0


def test_five_representatives_of_many_are_still_five() -> None:
    text = "六十二户推选五名代表，到市自然资源局递交书面材料，窗口已登记。"
    assert level(text, 62) == 0


@pytest.mark.parametrize(
    "text",
    [
        "十名业主集体咨询公共维修基金使用流程，物业现场解释清楚，业主表示理解。",
        "六十余名业主在小区广场召开业主大会筹备会，有人争吵，书记主持投票后散会。",
        "二十名村民在村口聚集跳广场舞，音响扰民被投诉。",
        "四十名工人排队领取拖欠工资，秩序良好。",
    ],
)
def test_meetings_and_consultations_only_look_like_gatherings(text: str) -> None:
    assert level(text, 40) == 0


def test_the_later_and_graver_state_of_a_growing_crowd_counts() -> None:
    found = verdict("起初二十人静坐，现已聚集一百一十人封路并焚烧轮胎，打伤两名干部。", 110)
    assert found.level == 1


def test_hearsay_of_a_group_plan_counts() -> None:
    assert level("听说湾里组十三户人家正悄悄联络，要一起去市里越级上访。", 13) == 3
    assert level("听说三十五名工人商量好后天集体罢工。", 35) == 2


def test_a_rumour_found_untrue_does_not() -> None:
    assert level("网上传三十五名村民要集体进京上访，经核实纯属谣言。", 35) == 0


@pytest.mark.parametrize(
    "text",
    [
        "六十名工人反映老板扣押身份证，要求劳动监察协助要回。",
        "二十一名业主反映消防通道被私家车堵住，请交警清理。",
        "三十余名村民反映采石场堵塞河道、占用村道，要求查处。",
    ],
)
def test_what_people_complain_that_others_did_is_not_their_doing(text: str) -> None:
    assert level(text, 30) == 0


def test_a_report_of_what_a_counted_group_does_is_their_doing() -> None:
    assert level("群众反映三十名工人堵住工地大门不让罐车出入。", 30) == 2


@pytest.mark.parametrize(
    "text",
    [
        "爆竹店和隔壁饭店因安全距离起争执，请应急局处理。",
        "顾客反映在超市买的菜刀没用几次就崩口，要求退一赔三。",
        "爆破工反映矿上少算津贴，他有炸药领用登记本可以证明出勤。",
        "庙会上舞刀弄枪和喷火的杂技离观众太近，希望拉围栏。",
    ],
)
def test_words_of_trade_and_custom_are_neither_level_nor_danger(text: str) -> None:
    assert (level(text, 1), danger(text, 1)) == (0, False)


def test_tools_at_work_are_not_weapons() -> None:
    text = "八名村民自发带着铁锹、锄头上山帮护林员扑灭余火，事后反映误工补贴未发。"
    assert (level(text, 8), danger(text, 8)) == (0, False)


def test_tools_in_a_face_off_are_weapons() -> None:
    text = "三十名村民手持锄头、木棍与施工队对峙。"
    assert (level(text, 30), danger(text, 30)) == (1, True)


def test_a_story_from_television_is_not_ours() -> None:
    text = "村民在电视上看到外省几百人堵了高速还打伤警察，想问法律上怎么处理。"
    assert level(text, 1) == 0


def test_a_drill_is_not_an_attack() -> None:
    assert level("镇里组织五十人开展防冲击派出所应急演练，模拟群众持棍棒围攻。", 50) == 0


def test_an_errand_to_the_city_is_not_a_petition() -> None:
    assert level("十五名家长约好周六一起去市里参加亲子活动，因大巴加价要求退费。", 15) == 0


def test_official_words_of_prevention_are_not_a_plan() -> None:
    assert level("为避免发生群体性上访，社区每天在八十户业主群里通报进度。", 80) == 0


SIEGE = "六十名村民围攻派出所，砸碎门窗"


@pytest.mark.parametrize(
    "now", ["，民警正在劝离。", "，人越聚越多。", "。目前仍未散去。", "，请求县局增援。"]
)
def test_an_event_that_goes_on_is_said_to_happen_and_the_words_for_it_are_shown(now: str) -> None:
    assert verdict(SIEGE + now, 60).happening
    assert "under_way" in indicators(SIEGE + now, 60)


@pytest.mark.parametrize(
    "over",
    [
        "，人越聚越多。经劝说，人员已全部散去。",
        "，民警正在劝离时，带头的三人被控制，秩序恢复。",
        "。派出所正在调查处理。",
        "。",
    ],
)
def test_an_event_that_is_over_or_not_said_to_go_on_is_not(over: str) -> None:
    assert verdict(SIEGE + over, 60).level == 1
    assert not verdict(SIEGE + over, 60).happening


def test_what_happens_far_from_the_evidence_says_nothing_of_it() -> None:
    between = "镇里已经看望伤者。村里生活如常。"
    assert not verdict(f"{SIEGE}。{between}隔壁工地正在围着新楼搭架子。", 60).happening


def test_a_matter_below_level_one_never_happens_in_this_sense() -> None:
    calm = verdict("二十名工人正在厂门口静坐，至今不肯离开。", 20)
    assert (calm.level, calm.happening) == (2, False)
