"""What a factory writes beside a return address: rules, small talk, or something else."""

from __future__ import annotations

import time

import pytest

from domain.replies import Abstained, Reason, ReturnTerms, parse_reply
from domain.return_rules import Rule, is_small_talk, sorted_rules

BUYER = "张三 13800001234 浙江省杭州市余杭区仓前街道云帆路188号3幢"
STREET, PERSON = "浙江省杭州市余杭区仓前街道云帆路188号", "王芳 13800001234"
FACTORY = f"{STREET} {PERSON}"


@pytest.mark.parametrize(
    "said",
    [
        [f"{BUYER} 已发货"],
        [f"{BUYER} 这单发好了"],
        [f"这单 {BUYER} 快递发走了"],
        [f"面单已打：{BUYER}"],
        [f"发货信息：{BUYER}"],
        [f"派送失败 收件人 {BUYER} 麻烦联系买家"],
        [f"订单6920100000000000078，{BUYER}，已揽收"],
        [f"订单6920100000000000078的收件人：{BUYER}"],
        [f"这个包裹被退回了：{BUYER}"],
        [f"样品寄：{BUYER}"],
        [f"收货地址：{BUYER} 退回来了"],
        [f"{BUYER} 地址超区，换邮政了"],
        [BUYER, "今天发出"],
        [BUYER, "这个发韵达"],
        [BUYER, "对方拒收了"],
        [BUYER, "寄到了"],
        [BUYER, "备注送货上门"],
        [BUYER, "运费8元"],
        [BUYER, "白色/M x2 已打单"],
        [BUYER, "已退款"],
        [f"亲，您的订单收货地址是{BUYER}，确认无误今天发"],
        [FACTORY, "上面当我没说"],
        [FACTORY, "忽略"],
        [FACTORY, "不是给你的"],
        [FACTORY, "这是别家的"],
        [FACTORY, "发错窗口了"],
        [f"刚才发错人了，{FACTORY}"],
        [FACTORY, "我不太清楚，你问下老板"],
        [FACTORY, "应该没变"],
        [f"{FACTORY} （只收T恤）"],
        [f"{FACTORY} T恤的"],
        [f"{FACTORY} 转 张伟收"],
        [FACTORY, "名字后面加CG"],
        [f"我在{FACTORY}，过来看货"],
        [f"对公账户：示例 开户地址 {FACTORY}"],
        [f"换货：{BUYER}"],
        [f"补发 {BUYER}"],
        [f"寄给{BUYER}"],
        [f"不退：{BUYER}"],
        [f"地址完整吗：{BUYER}"],
        [BUYER, "客户拒收"],
        [BUYER, "拒绝签收"],
        [BUYER, "7天内到"],
        [BUYER, "退货地址没写，到付"],
        [f"一件代发 {BUYER}"],
        [f"拦截退回：{BUYER}"],
        ["退货地址给您", f"补发的 {BUYER}"],
        [BUYER, "退回途中"],
        [BUYER, "买家要求退货"],
        [BUYER, "包裹破损"],
        [BUYER, "到付"],
        [BUYER, "备注:不要放驿站"],
    ],
)
def test_an_address_beside_words_that_are_not_about_returns_is_not_read(said: list[str]) -> None:
    assert isinstance(parse_reply(said), Abstained)


@pytest.mark.parametrize(
    ("beside", "reason"),
    [
        ("已发货", Reason.ELSEWHERE),
        ("您的快递已揽收，被退回了", Reason.ELSEWHERE),
        ("T恤的", Reason.NOT_UNDERSTOOD),
        ("质量大厦", Reason.REGION_UNCLEAR),
    ],
)
def test_why_it_is_not_read_says_what_the_words_look_like(beside: str, reason: Reason) -> None:
    assert parse_reply([FACTORY, beside]) == Abstained(reason=reason)


@pytest.mark.parametrize(
    "beside",
    [
        "寄出后把单号发我",
        "请写上您的订单号和退货原因",
        "我们收到货检查没问题马上退款",
        "面单上请备注店铺名",
        "已签收超过7天不退",
        "运费最多补10元",
        "不要发顺丰到付",
        "48小时内联系我们处理",
        "无订单号的件概不处理",
        "仓库周一到周六收货",
        "只退不换",
    ],
)
def test_rules_of_returns_are_kept_though_they_speak_of_parcels(beside: str) -> None:
    terms = parse_reply([FACTORY, beside])
    assert isinstance(terms, ReturnTerms)
    assert terms.rules == (beside,)


def test_single_words_are_enough_beside_an_address_that_is_called_one_for_returns() -> None:
    for beside in ("到付拒付", "破损补发", "不要放驿站"):
        for called in ("退货地址：", "退货信息：\n", "退货请寄"):
            terms = parse_reply([f"{called}{FACTORY}", beside])
            assert isinstance(terms, ReturnTerms), (called, beside)
        assert isinstance(parse_reply([f"退货地址：{FACTORY}", f"{beside}，已揽收"]), Abstained)


@pytest.mark.parametrize(
    "beside",
    [
        "不好意思亲 您记一下哈",
        "我是业务员小杨 我的电话",
        "换货也是这里",
        "哦哦忘了",
        "我们仓库搬了",
        "邮编：311121",
    ],
)
def test_small_talk_is_no_rule(beside: str) -> None:
    assert is_small_talk(beside)
    assert not is_small_talk(f"{beside}，今天发出")


def test_an_order_s_number_says_nothing_only_beside_an_address_for_returns() -> None:
    number = "订单6920100000000000078"
    terms = parse_reply([f"{number}的退货寄到：{STREET}，{PERSON}"])
    assert isinstance(terms, ReturnTerms)
    assert terms.rules == ()
    assert isinstance(parse_reply([f"{number}，{FACTORY}"]), Abstained)


def test_a_long_text_takes_no_long_time() -> None:
    began = time.monotonic()
    assert not is_small_talk("亲就是收到发给您了" * 500 + "x")
    assert time.monotonic() - began < 1


@pytest.mark.parametrize(
    ("said", "detail"),
    [
        (f"{STREET}-3-2-501 {PERSON}", "云帆路188号-3-2-501"),
        (f"{STREET}3幢－5 {PERSON}", "云帆路188号3幢－5"),
        (f"{STREET}-王芳-13800001234", "云帆路188号"),
        (f"{STREET}-2-0571-80001234 王芳", "云帆路188号-2"),
        (f"{STREET} B座 {PERSON}", "云帆路188号 B座"),
    ],
)
def test_numbers_behind_a_door_number_belong_to_it(said: str, detail: str) -> None:
    terms = parse_reply([said])
    assert isinstance(terms, ReturnTerms)
    assert terms.address.detail == detail


@pytest.mark.parametrize(
    "said",
    [
        f"{STREET}，3-2-501，{PERSON}",
        f"{STREET} 501 {PERSON}",
        f"{STREET}，创意园，B座，{PERSON}",
        f"{STREET} 顺丰仓 {PERSON}",
        f"{STREET} 电商部 {PERSON}",
        f"{STREET}3幢 中通快递旁 {PERSON}",
        f"{STREET}3幢（不是5幢） {PERSON}",
    ],
)
def test_an_address_of_which_a_piece_stands_apart_is_not_read(said: str) -> None:
    assert isinstance(parse_reply([said]), Abstained)


def test_what_is_said_of_returns_is_sorted_and_nothing_is_lost() -> None:
    said = (
        "支持7天无理由退货",
        "质量问题运费我们出",
        "其他的运费买家承担",
        "破损我们补发",
        "登记",
    )
    assert sorted_rules(said) == {
        Rule.FREIGHT: "质量问题运费我们出；其他的运费买家承担",
        Rule.SEVEN_DAYS: "支持7天无理由退货",
        Rule.DAMAGE: "破损我们补发",
        Rule.OTHER: "登记",
    }
