"""Words are found however they are written, and only where they are meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.rules.finding import Field, Finding, Severity
from domain.rules.words import Text, word_findings
from engine.rules_data import load_rules

BOOK = load_rules()


def found(title: str, category: tuple[str, ...] = ("服饰内衣",)) -> list[Finding]:
    return word_findings(BOOK.words, Text(Field.TITLE, "", title), category)


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("夏季跳楼价T恤", "跳楼价"),
        ("夏季 跳 楼 价 T恤", "跳 楼 价"),
        ("夏季跳-楼*价T恤", "跳-楼*价"),
        ("夏季跳\u200b楼价T恤", "跳\u200b楼价"),
        ("最 佳保温杯", "最 佳"),
        ("保温杯最，佳", "最，佳"),
        ("最·佳保温杯", "最·佳"),
        ("品牌ＴＯＰ１保温杯", "ＴＯＰ１"),
        ("保温杯 no. 1", "no. 1"),
        ("只要￥３９．９", "￥３９．９"),
    ],
)
def test_a_disguised_word_is_found_where_it_stands(title: str, word: str) -> None:
    (finding,) = found(title)
    assert finding.word == word
    assert title[finding.start : finding.end] == word


@pytest.mark.parametrize(
    "title",
    [
        "珍藏集 合金车模 儿童玩具",  # 集合 over a gap between two words
        "水平仪器测，试管架实验",
        "楼梯防滑贴 跳绳 楼道价签",
        "宝宝第一次学步鞋 软底防滑",
        "最近流行的韩版帆布包女",
        "最后一公里电动车头盔",
        "项链接口扣 手工材料包",
        "太极品牌练功服 男女同款",
        "请勿拍打提示贴 鱼缸警示",
        "旋转编码器模块 开发板",
        "五折叠晴雨伞 防晒伞女",
        "手工皂3块装 洁面香皂",
        "118元素周期表挂图",
        "TOP10歌曲U盘 车载音乐",
        "NO.12口红 豆沙色",
        "高级感羊绒围巾女秋冬",
        "顶配版电竞椅 家用电脑椅",
        "一级能效风扇 静音落地扇",
        "5.1声道音响 家庭影院",
        "1元硬币收藏册 空册保护",
    ],
)
def test_an_innocent_title_passes(title: str) -> None:
    assert found(title) == []


def test_of_two_words_at_one_place_the_longer_counts() -> None:
    (finding,) = found("全网最低价保温杯")
    assert (finding.word, finding.severity) == ("全网最低", Severity.REFUSE)


def test_findings_come_from_left_to_right_with_rule_and_source() -> None:
    findings = found("国家级面料 清仓价 随机发货")
    assert [(each.rule, each.source, each.start) for each in findings] == [
        ("R-extreme-word", "广告法 9(3)", 0),
        ("R-price-word", "aJ2ymdS5jWGZ", 6),
        ("R-excluded-word", "aJngrvhjoCzW", 10),
    ]


def test_what_may_be_written_instead_is_said() -> None:
    (finding,) = found("最佳保温杯 大容量")
    assert finding.sentence == "最佳 (character 1): take it out, or write 优选、好用 instead"


def test_an_excused_word_says_why_and_stops_nothing() -> None:
    (finding,) = found("国家级非遗工艺 手工油纸伞")
    assert not finding.stops
    assert finding.worth_a_note
    assert "allowed because it is a title that the state awards" in finding.sentence


def test_excused_advice_is_not_worth_a_note() -> None:
    (finding,) = found("收纳箱 最大承重80kg 家用")
    assert finding.severity is Severity.ADVISE
    assert not finding.worth_a_note


def test_a_jewellery_word_counts_for_jewellery_only() -> None:
    assert found("完美切工项链女", ("珠宝首饰", "项链"))[0].word == "完美"
    assert found("完美贴合运动内衣女", ("服饰内衣",)) == []


@given(st.text(max_size=40))
def test_whatever_a_title_holds_each_word_stands_at_its_place(title: str) -> None:
    for finding in found(title):
        assert title[finding.start : finding.end] == finding.word != ""


@given(st.text(alphabet="夏季纯棉短袖透气", max_size=8), st.text(alphabet=" *-·", max_size=2))
def test_a_banned_word_is_found_behind_any_innocent_one(before: str, gap: str) -> None:
    assert "R-price-word" in {each.rule for each in found(f"{before} 跳{gap}楼{gap}价")}
