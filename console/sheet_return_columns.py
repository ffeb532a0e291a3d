"""The 退货地址 sheet as a form: which supply link each product comes from."""

from __future__ import annotations

from enum import StrEnum

from console.sheet_form import Column, Help, SheetForm, SheetRow


class Header(StrEnum):
    """The header texts, left to right."""

    PRODUCT = "商家编码"
    LINK = "货源链接"
    SUPPLIER = "供应商"
    TOLD = "退货地址"


COLUMNS: tuple[Column[Header], ...] = (
    Column(
        header=Header.PRODUCT,
        synonyms=("商品编码", "货号"),
        per_sku=True,
        required=True,
        width=18,
        help="商品的商家编码；一行一个商品，不能重复。",
        example="CG-1001",
    ),
    Column(
        header=Header.LINK,
        synonyms=("链接", "货源"),
        per_sku=True,
        required=True,
        width=40,
        help="供货商的货源链接，或链接里的编号。",
        example="https://detail.1688.com/offer/612345678901.html",
    ),
    Column(
        header=Header.SUPPLIER,
        synonyms=("厂家", "供货商", "工厂"),
        per_sku=True,
        width=24,
        help="供应商的名字，和货源页面上的一样；对不上就不问。可以不填。",
        example="示例服饰厂",
    ),
    Column(
        header=Header.TOLD,
        synonyms=("地址", "退货地点", "厂家地址"),
        per_sku=True,
        width=48,
        help="平时空着。人问到了地址，就整段写在这里：收件人、电话、省市区、街道和门牌号；机器人不再问，直接记下。",
        example="浙江省杭州市余杭区仓前街道云帆路188号3幢，王芳，0571-80001234",
    ),
)
_EXAMPLE: tuple[SheetRow, ...] = (
    {
        Header.PRODUCT: "CG-1001",
        Header.LINK: "https://detail.1688.com/offer/612345678901.html",
        Header.SUPPLIER: "示例服饰厂",
    },
    {Header.PRODUCT: "CG-1002", Header.LINK: "612345678902"},
)

RETURNS = SheetForm(
    name="退货地址",
    columns=COLUMNS,
    key=Header.PRODUCT,
    things={"zh": "商品", "en": "products"},
    first_robot="collect-return-addresses",
    help=Help(
        title="退货地址表 · 填写说明",
        intro="一行是一个商品。深色表头必填，浅色表头选填；鼠标停在表头上可以看到每一列的说明。",
        intro_en="One row per product. Dark headers must be filled in, light ones may stay empty.",
        rules=(
            "每家供应商只问一次；没说清楚的再问一次，还不清楚就留给人。等回答的，过些时候把同一张表再跑一遍。",
            "地址要有省、市、区县、门牌号、收件人和电话才记下；少一样都不记。",
            "以前记过的地址，供应商后来改了，机器人不替换，写明新旧两个；人确认后把新地址写进「退货地址」一列再跑。",
            "表头文字不要改；列的顺序可以换，另加的列不会读取。空行跳过，隐藏的行也会读取。",
            "跑完后有一份「表名-结果.xlsx」，每行写明结果和原因；改好后把它直接再交给程序。",
        ),
        examples=(("例子：两个商品", _EXAMPLE),),
    ),
)
