"""The operator's words: one table per language, and causes told in them."""

from __future__ import annotations

import re
import string
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

import robots
from domain.errors import BusinessError
from domain.outcome import Outcome, Receipt
from domain.replies import Reason
from domain.supplier_answers import SILENT
from engine.causes import (
    NOT_ENDED,
    explain,
    known_cause,
    left_to_person,
    reason_words,
    step_words,
)
from engine.ensure import _mismatch
from engine.errors import _from_expectation
from engine.session import as_result
from engine.settings import load_shop
from engine.words import LANGUAGES, Words, language, load_words, read_table

CODE = Path(__file__).resolve().parents[2]
ZH, EN = load_words("zh"), load_words("en")


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys_and_nothing_is_empty() -> None:
    assert set(ZH.texts) == set(EN.texts)
    assert [
        key for words in (ZH, EN) for key, text in words.texts.items() if not text.strip()
    ] == []


@pytest.mark.parametrize("key", sorted(EN.texts))
def test_a_text_is_filled_with_the_same_facts_in_both_languages(key: str) -> None:
    assert fields(ZH.texts[key]) == fields(EN.texts[key])


def test_the_chinese_table_is_chinese() -> None:
    # Without its facts a text is Chinese, or signs only.
    bare = {key: re.sub(r"\{\w+\}", "", text) for key, text in ZH.texts.items()}
    foreign = [key for key, text in bare.items() if re.search(r"[A-Za-z]", text)]
    assert [key for key in foreign if not re.search(r"[\u4e00-\u9fff]", bare[key])] == []


def test_every_outcome_has_a_name_a_meaning_and_a_next_step() -> None:
    for words in (ZH, EN):
        for outcome in (*Outcome, NOT_ENDED):
            for group in ("outcome", "means", "todo"):
                assert words(f"{group}.{outcome}")


@pytest.mark.parametrize(
    ("group", "told"),
    [("causes", "cause"), ("notes", "note"), ("steps", "step"), ("values", "value")],
)
def test_every_pattern_is_told_and_gives_the_facts_its_words_repeat(group: str, told: str) -> None:
    patterns: dict[str, str] = read_table("patterns")[group]
    for name, pattern in patterns.items():
        given = set(re.compile(pattern).groupindex)
        texts = [text for key, text in EN.texts.items() if f"{key}.".startswith(f"{told}.{name}.")]
        assert len(texts) == (2 if told == "cause" else 1), name
        assert set().union(*map(fields, texts)) <= given, name
    names = {key.split(".")[1] for key in EN.texts if key.startswith(f"{told}.")}
    assert names == set(patterns), "words that no pattern leads to"


def literals(pattern: str) -> list[str]:
    """The longest plain piece of each alternative of a pattern."""
    plain = re.sub(r"\(\?:.*?\)", "\0", pattern)
    plain = re.sub(r"\(\?P<\w+>[^)]*\)", "\0", plain)
    found = []
    for alternative in plain.split("|"):
        pieces = re.split(r"\0|\\.\+?|\[[^]]*\]\+?|\.\+|[\^$?*]", alternative)
        found.append(max(pieces, key=len).strip(" :;,'("))
    return found


SAID = {**read_table("patterns")["causes"], **read_table("patterns")["notes"]}


@pytest.mark.parametrize("name", sorted(SAID))
def test_a_cause_is_still_said_by_the_code(name: str) -> None:
    """A reworded error must take its pattern with it, or operators read the raw words."""
    code = "\n".join(
        re.sub(r'"\s*\n\s*f?"', "", file.read_text(encoding="utf-8"))
        for folder in ("domain", "pages", "robots", "engine", "console", "practice")
        for file in (CODE / folder).rglob("*.py")
    )
    code = re.sub(r"\{[^{}]*\}", "\0", code)
    for literal in literals(SAID[name]):
        assert literal in code, literal


def test_what_asks_nobody_for_anything_is_told_too_and_left_to_nobody() -> None:
    reason = "proven absent to the end of the settle window; the answer was lost"
    assert reason_words(reason, ZH) == ZH("note.proven_absent")
    assert reason_words(reason, EN) == reason
    assert reason_words("filed: 浙江省 张**", ZH) == "已记下：浙江省 张**"
    assert left_to_person(Outcome.UNCHANGED, "nothing to ask about this order", ZH) is None


SITE_SLOW = "the page did not get there in time: Locator.click: Timeout 30000ms (step x)"


HEARD = "message 3 of 2026-11-24 17:30"
REASONS = [
    ("the site said: 标题含有违禁词", "site_said"),
    ("the audit refused it", "audit_refused"),
    (SITE_SLOW, "slow_page"),
    (f"could not look what became of it: {SITE_SLOW}", "lost"),
    (
        "the page or the browser went away: net::ERR_CONNECTION_REFUSED (step enter)",
        "page_gone",
    ),
    (
        "already there with other values, left as it is: 品牌: wanted 无, found 得力",
        "other_values",
    ),
    ("code in use by 39001, another product: 商品标题: wanted A, found B", "code_in_use"),
    ("晨光家居小店 asks for a person: 请完成验证", "person_asked"),
    ("晨光家居小店 asks for a person: please sign in. `shopclerk …", "not_signed_in"),
    ("晨光家居小店 refused 2 submissions today. Mend …", "daily_limit"),
    ("商品.xlsx, 商品 row 3, 主图: (empty): add a picture (S-picture-missing)", "sheet"),
    ("created and proven, but still 审核中; run the same sheet again later", "audit_pending"),
    ("it is there as wanted, but somebody took it off sale; put it on …", "taken_off"),
    ("CG-1042 must be looked at first", "waits"),
    ("stopped by a person", "stopped_by_person"),
    ("the site changed since product.create was planned: 库存", "plan_outdated"),
    ("the site changed since product.off-sale was planned: SKU", "undo_outdated"),
    ("several products carry the code CG-1: 37001, 37002", "same_code"),
    ("somebody changed 备注 since it was looked at", "remark_changed"),
    ("not bound: another row binds the same SKU; seen: A 61 F-1; B 61 F-1", "bound_twice"),
    (
        "not bound: its factory SKU is bound to another SKU already; seen: 39 A 白色",
        "bound_to_another",
    ),
    ("7800000001 is the purchase's own number (S-number-purchase)", "number_of_purchase"),
    ("主图 1.png was changed after this run was made. Run …", "picture_changed"),
    ("main.png is gone. Put it back", "picture_gone"),
    ("product.create was tried 2 times and never took effect: lost", "no_effect"),
    ("this page is 别家小店's (60733194), not 晨光家居小店's", "wrong_shop"),
    ("the return address of product A.1 was learnt in another world. Run …", "address_elsewhere"),
    (
        "a person wrote 江苏 王** for its product A.1, older is the factory's general one: 浙江",
        "address_replaced",
    ),
    ("the sheet names 新厂 for product A.1 now, which told no address yet. …", "factory_not_told"),
    ("planned, not done: 发布商品 → 放入仓库", "planned"),
    ("the site answered 502 (step product.create, key CG-2)", "site_down"),
    ("plan.json was changed after it was made: CG-1. Make a new one with …", "plan_changed"),
    ("a/rules/words/x.yaml: words > 0: Field required. Mend this place of …", "rules_value"),
    (
        f"the factory writes of its return address: outdated, {HEARD}; filed 2026-11-22: 浙江省",
        "address_doubted",
    ),
    (
        f"not entered: the return address is in doubt: elsewhere, {HEARD}; filed: 浙江省",
        "address_in_doubt_there",
    ),
    (
        "not entered: the return address is in doubt: 江苏省 李** *******1234; filed: 浙江省",
        "address_in_doubt",
    ),
    ("The world in /home/practice was made by another version of …", "world_outdated"),
]


@pytest.mark.parametrize(("reason", "cause"), REASONS)
def test_what_the_engine_says_is_known_again(reason: str, cause: str) -> None:
    told = known_cause(reason, EN)
    assert told is not None
    assert told.id == cause


@pytest.mark.parametrize(("reason", "cause"), REASONS)
def test_where_it_happened_is_no_part_of_what_is_told(reason: str, cause: str) -> None:
    del cause
    error = BusinessError(reason, step="product.create", key="A.1")
    assert known_cause(str(error), ZH) == known_cause(reason, ZH)


@pytest.mark.parametrize(
    ("what", "mend", "told"),
    [
        (
            "the list of 品牌 has no option Dr. Martens (UK)",
            "",
            "「品牌」的下拉框里没有「Dr. Martens (UK)」",
        ),
        ("the list has no option 满39.9元包邮", "", "网站的下拉框里没有「满39.9元包邮」"),
        (
            "the store has no product with the code A.1",
            "List it first: `s`",
            "店里没有商家编码是 A.1 的商品",
        ),
        (
            "the site has no category 硬盘; it has 3.5寸硬盘盒、U盘",
            "Write 商品类目 as",
            "，有：3.5寸硬盘盒、U盘",
        ),
        ("the category goes on below 盒; it has 2.5寸", "Write 商品类目 as", "下面还有：2.5寸"),
        ("the ERP shows no product A.1 of St. 小店", "See whether it", "没有 St. 小店 的商品 A.1"),
        (
            "the books have no return address of product A.1",
            "`shopclerk run",
            "没有商品 A.1 的退货地址",
        ),
        (
            "the supply link is of A.B. (厂), not of C.D.厂",
            "Compare the",
            "是 A.B. (厂) 的，不是 C.D.厂 的",
        ),
        ("the supply platform has no supply link 1.2", "Compare the", "没有这个链接（1.2）"),
        (
            "a robot changes neither category, pictures nor SKU codes, and these differ: A.1",
            "Change them in",
            "这些和表格不一样：A.1",
        ),
        (
            "小店 asks for a person: 请完成 v2.0 验证（滑块）",
            "`shopclerk login",
            "网站要人来处理：请完成 v2.0 验证（滑块）",
        ),
        (
            "the site did not take 主图(1).png, b.c.png",
            "",
            "网站不收这些图片：主图(1).png, b.c.png",
        ),
    ],
)
def test_a_fact_is_told_whole_with_its_dots_and_brackets(what: str, mend: str, told: str) -> None:
    error = BusinessError(what, mend=mend, step="product.create", key="CG-2")
    cause = known_cause(str(error), ZH)
    assert cause is not None
    assert told in cause.title
    assert "step" not in cause.title
    assert not mend or mend not in cause.title


def test_causes_are_known_from_errors_as_they_are_really_made() -> None:
    differing = Receipt(wanted={"品牌": "无品牌"}, found={"品牌": "得力"})
    mismatch = _mismatch("37", differing)
    assert explain(mismatch.outcome, mismatch.reason, EN).id == "differs"
    slow = as_result(_from_expectation(AssertionError("Locator expected to be visible")))
    assert explain(slow.outcome, slow.reason, EN).id == "slow_page"
    with pytest.raises(BusinessError) as unknown:
        load_shop("nowhere")
    told = known_cause(str(unknown.value), ZH)
    assert told is not None
    assert told.title == "没有叫「nowhere」的店铺"


@pytest.mark.parametrize("why", [SILENT, *Reason])
def test_why_an_answer_can_t_be_used_is_said_in_words(why: str) -> None:
    for words in (ZH, EN):
        assert words.name("why", why) != why
        told = known_cause(f"asked 2 times, and no return address can be read: {why}", words)
        assert told is not None
        assert words.name("why", why) in told.title


def test_facts_stand_in_the_words() -> None:
    told = explain("rejected", "the site said: 标题含有违禁词“最低价”", ZH)
    assert told.title == "平台没有接受：标题含有违禁词“最低价”"
    assert explain("rejected", "the site said: {odd} braces", EN).title.endswith("{odd} braces")


@pytest.mark.parametrize("outcome", [*Outcome, NOT_ENDED])
def test_an_unknown_reason_is_told_by_its_outcome(outcome: str) -> None:
    told = explain(outcome, "something nobody foresaw", EN)
    assert told == (str(outcome), EN(f"means.{outcome}"), EN(f"todo.{outcome}"))


def test_steps_are_told_with_the_verbs_name() -> None:
    assert step_words("product.create: preparing", ZH) == "新建商品：填写"
    assert (
        step_words("looking whether product.on-sale is needed", EN)
        == "looking whether to put on sale"
    )
    lost = "product.create: the answer was lost (the site answered 502 (step product.create))"
    assert step_words(lost, ZH) == "新建商品：没等到网站回答（网站出错（502））"
    assert step_words("product.rename: doing", ZH) == "product.rename：提交"
    assert step_words("something new", ZH) == "something new"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"SHOPCLERK_LANG": "en", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"SHOPCLERK_LANG": "ZH-Hans"}, "zh"),
        ({"SHOPCLERK_LANG": "fr", "LANG": "en_US.UTF-8"}, "zh"),
        ({"SHOPCLERK_LANG": "", "LANG": "en_GB.UTF-8"}, "en"),
        ({"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "zh"),
    ],
)
def test_the_language_is_chosen_else_the_systems_else_chinese(
    environment: dict[str, str], expected: str
) -> None:
    assert language(environment) == expected


@pytest.mark.parametrize("name", LANGUAGES)
def test_durations_read_as_people_say_them(name: str) -> None:
    words = load_words(name)
    units = {
        "zh": ("12.3 秒", "4 分 05 秒", "1 小时 02 分"),
        "en": ("12.3 s", "4 min 05 s", "1 h 02 min"),
    }
    assert tuple(map(words.lasted, (12.34, 245, 3720))) == units[name]
    assert words.lasted(None) == ""


def test_names_of_what_nobody_named_stay() -> None:
    words = Words("en", {"verb.a": "call it A"})
    assert (words.name("verb", "a"), words.name("verb", "b")) == ("call it A", "b")


def test_what_a_robot_would_click_is_told_in_the_page_s_own_words() -> None:
    modules = [import_module(f"robots.{each.name}") for each in iter_modules(robots.__path__)]
    kinds = (kind for module in modules for kind in vars(module).values())
    clicks = {str(getattr(kind, "clicks", "")) for kind in kinds if isinstance(kind, type)}
    assert len(clicks) > 5
    assert [each for each in clicks if re.search("[a-z]", each)] == []
