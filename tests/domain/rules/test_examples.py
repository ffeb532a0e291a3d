"""Every example in config/rules is run: who adds a word there proves it with this test.

Facts: operators 4.2.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.attributes import attributes_of
from domain.rules.attributes import AttributeRules, CategoryAttributes, attribute_findings
from domain.rules.finding import Field, Finding
from domain.rules.pictures import picture_findings
from domain.rules.prices import price_findings, reference_finding
from domain.rules.titles import title_findings
from domain.rules.words import Allowance, Term, Text, WordList, word_findings
from engine.rules_data import load_rules
from tests.domain.rules.listings import listing, priced

BOOK = load_rules()
TERMS = [(words, term) for words in BOOK.words for term in words.terms]
ALLOWANCES = [(words, each) for words in BOOK.words for each in words.allowances]


def found(words: WordList, text: str, category: tuple[str, ...]) -> list[Finding]:
    """What a list finds in a text, what is excused left out."""
    findings = word_findings([words], Text(words.fields[0], "", text), category)
    return [each for each in findings if not each.allowed_because]


@pytest.mark.parametrize(("words", "term"), TERMS, ids=lambda each: getattr(each, "name", ""))
def test_a_word_is_found_in_its_refused_example_and_not_in_its_allowed_one(
    words: WordList, term: Term
) -> None:
    category = term.categories[:1] or ("服饰内衣",)
    only = words.model_copy(update={"terms": (term,)})
    assert found(only, term.refused, category), term.refused
    assert found(words, term.allowed, category) == [], term.allowed


@pytest.mark.parametrize(("words", "term"), TERMS, ids=lambda each: getattr(each, "name", ""))
def test_other_spellings_are_found_and_innocent_words_pass(words: WordList, term: Term) -> None:
    category = term.categories[:1] or ("服饰内衣",)
    only = words.model_copy(update={"terms": (term,)})
    for spelling in term.also:
        assert found(only, f"夏季{spelling}好物", category), spelling
    for innocent in term.unless:
        assert found(only, f"夏季{innocent}好物", category) == [], innocent


@pytest.mark.parametrize(("words", "term"), TERMS, ids=lambda each: getattr(each, "name", ""))
def test_a_word_of_one_category_is_none_elsewhere(words: WordList, term: Term) -> None:
    only = words.model_copy(update={"terms": (term,)})
    elsewhere = found(only, term.refused, ("家居日用", "收纳整理"))
    assert bool(elsewhere) == (not term.categories)


@pytest.mark.parametrize(
    ("words", "allowance"), ALLOWANCES, ids=lambda each: getattr(each, "because", "")
)
def test_an_exception_excuses_its_allowed_example_only(
    words: WordList, allowance: Allowance
) -> None:
    def excuses(text: str) -> set[str]:
        only = words.model_copy(update={"allowances": (allowance,)})
        findings = word_findings([only], Text(words.fields[0], "", text), ("服饰内衣",))
        assert findings, f"no word of the list stands in {text}"
        return {each.allowed_because for each in findings}

    assert excuses(allowance.allowed) == {f"{allowance.because} ({allowance.source})"}
    assert excuses(allowance.refused) == {""}


def test_the_examples_about_titles() -> None:
    rules = BOOK.titles
    examples = {
        rules.short_rule: (rules.short_refused, rules.short_allowed),
        rules.emoji_rule: (rules.emoji_refused, rules.emoji_allowed),
        rules.stuffing_rule: (rules.stuffing_refused, rules.stuffing_allowed),
    }
    for rule, (refused, allowed) in examples.items():
        assert rule in {each.rule for each in title_findings(rules, Field.TITLE, refused)}
        assert title_findings(rules, Field.TITLE, allowed) == []


def test_the_examples_about_prices() -> None:
    rules = BOOK.prices

    def broken(*prices: Decimal) -> set[str]:
        return {each.rule for each in price_findings(rules, priced(*prices))}

    assert broken(rules.placeholder_refused) == {rules.placeholder_rule}
    assert broken(rules.placeholder_allowed) == set()
    assert broken(*rules.spread_refused) == {rules.spread_rule}
    assert broken(*rules.spread_allowed) == set()
    assert reference_finding(rules, rules.reference_refused, [Decimal(10)]) is not None
    assert reference_finding(rules, rules.reference_allowed, [Decimal(10)]) is None


def test_the_examples_about_pictures() -> None:
    rules = BOOK.pictures

    def broken(main: int, details: int) -> set[str]:
        product = listing(main_pictures=main, detail_pictures=details)
        return {each.rule for each in picture_findings(rules, product)}

    assert broken(rules.few_refused, 1) == {rules.few_rule}
    assert broken(rules.few_allowed, 1) == set()
    assert broken(3, rules.many_refused - 3) == {rules.many_rule}
    assert broken(3, rules.many_allowed - 3) == set()


@pytest.mark.parametrize("known", BOOK.attributes.categories, ids=lambda each: each.category[-1])
def test_the_examples_of_a_category_s_attributes(known: CategoryAttributes) -> None:
    rules = BOOK.attributes
    assert _rules_broken(rules, known.refused, known.category) == {rules.missing_rule}
    assert _rules_broken(rules, known.allowed, known.category) == set()


def test_the_examples_about_percentages() -> None:
    rules = BOOK.attributes
    assert _rules_broken(rules, rules.shares_refused) == {rules.shares_rule}
    assert _rules_broken(rules, rules.shares_allowed) == set()


def _rules_broken(
    rules: AttributeRules, column: str, category: tuple[str, ...] = ("家居日用", "雨具")
) -> set[str]:

    product = listing(attributes=attributes_of(column), category=category)
    return {each.rule for each in attribute_findings(rules, product)}


FACTS = {
    "R-price-word": "跳楼价 清仓价 亏本价 甩卖价 白菜价 恐怖价 自杀价 倒闭价 破产价 处理价",
    "R-excluded-word": "编码 过号 集合 随机 测试 勿拍 链接 补差价",
    "R-bait-sku": "邮费 定金 赠品",
    "R-extreme-word": "国家级 最高级 最佳 顶级 完美 无瑕",
}


@pytest.mark.parametrize("rule", FACTS)
def test_every_word_that_the_facts_name_is_in_the_data(rule: str) -> None:
    known = {term.word for words in BOOK.words if words.rule == rule for term in words.terms}
    assert set(FACTS[rule].split()) <= known
