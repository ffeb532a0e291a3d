"""What a rule has to say about one field of a listing."""

from __future__ import annotations

from enum import StrEnum

from domain.model import Value


class Severity(StrEnum):
    """What a broken rule costs."""

    REFUSE = "refuse"
    """The product must not be sent like this."""
    ADVISE = "advise"
    """Worth a second look; the product goes on."""


class Field(StrEnum):
    """What a finding is about, by the name of its column in the sheet."""

    TITLE = "商品标题"
    SHORT_TITLE = "导购短标题"
    ATTRIBUTES = "类目属性"
    MAIN_PICTURES = "主图"
    DETAIL_PICTURES = "商品详情图"
    SPEC_1 = "规格1值"
    SPEC_2 = "规格2值"
    SPEC_3 = "规格3值"
    PRICE = "价格"
    REFERENCE = "参考价"


SPEC_FIELDS = (Field.SPEC_1, Field.SPEC_2, Field.SPEC_3)


class Finding(Value):
    """One finding: the rule, where it bites, and what to do about it."""

    rule: str
    """Our short stable id, such as ``R-price-word``."""
    source: str
    """The platform's rule id, or the law, that says so."""
    severity: Severity
    field: Field
    sku: str = ""
    """The SKU's code, where the field is a SKU's."""
    word: str = ""
    """What was found, as it stands there."""
    start: int = 0
    """Where the word begins in the field's text; the first character is 0."""
    end: int = 0
    """Where it ends; equal to ``start`` where no word is meant."""
    suggestion: str
    allowed_because: str = ""
    """The known exception that makes the word pass here; empty where none applies."""

    @property
    def stops(self) -> bool:
        """Whether the product must not be sent."""
        return self.severity is Severity.REFUSE and not self.allowed_because

    @property
    def worth_a_note(self) -> bool:
        """Whether a person should read of it although the product goes on."""
        strict = self.severity is Severity.REFUSE
        return not self.stops and (strict or not self.allowed_because)

    @property
    def sentence(self) -> str:
        """The finding as one sentence, without the field."""
        if not self.word:
            return self.suggestion
        place = f"{self.word} (character {self.start + 1})"
        if self.allowed_because:
            return f"{place} is allowed because {self.allowed_because}"
        return f"{place}: {self.suggestion}"
