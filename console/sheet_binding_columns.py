"""The 关联 sheet as a form: which factory SKU each SKU of a product comes from."""

from __future__ import annotations

from enum import StrEnum

from console.sheet_form import Column, Help, SheetForm, SheetRow


class Header(StrEnum):
    """The header texts, left to right."""

    SKU_CODE = "SKU编码"
    PRODUCT_ID = "商品ID"
    NAME = "规格"
    LINK = "货源链接"
    SUPPLIER = "供应商"
    FACTORY_SKU = "厂家SKU编号"
    FACTORY_NAME = "厂家规格"


COLUMNS: tuple[Column[Header], ...] = (
    Column(
        header=Header.SKU_CODE,
        synonyms=("SKU",),
        per_sku=True,
        required=True,
        width=18,
        help="我们自己的 SKU 编码，店铺里叫商家编码；一行一个，不能重复。",
        example="CG-1001-W-M",
    ),
    Column(
        header=Header.PRODUCT_ID,
        synonyms=("商品编号",),
        per_sku=True,
        required=True,
        width=24,
        help="抖店的商品ID。文本格式：变成数字的长编号，Excel 会改掉第 15 位以后。",
        example="3886423818315406445",
    ),
    Column(
        header=Header.NAME,
        synonyms=("规格名称", "规格值"),
        per_sku=True,
        required=True,
        width=18,
        help="店铺里这个 SKU 的规格，用来核对编码没有写错行。",
        example="白色 / M",
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
        width=20,
        help="供应商的名字；可以不填。",
        example="示例服饰厂",
    ),
    Column(
        header=Header.FACTORY_SKU,
        synonyms=("厂家SKU", "厂家编号"),
        per_sku=True,
        required=True,
        width=18,
        help="厂家自己的 SKU 编号。",
        example="F-1001-07",
    ),
    Column(
        header=Header.FACTORY_NAME,
        synonyms=("厂家规格名称",),
        per_sku=True,
        required=True,
        width=18,
        help="货源页面上这个编号的规格，照抄；和我们的规格对不上，就不关联。",
        example="M 白色",
    ),
)
_EXAMPLE: tuple[SheetRow, ...] = tuple(
    {
        Header.SKU_CODE: f"CG-1001-W-{size}",
        Header.PRODUCT_ID: "3886423818315406445",
        Header.NAME: f"白色 / {size}",
        Header.LINK: "https://detail.1688.com/offer/612345678901.html",
        Header.SUPPLIER: "示例服饰厂",
        Header.FACTORY_SKU: f"F-1001-0{number}",
        Header.FACTORY_NAME: f"{size} 白色",
    }
    for number, size in enumerate("SM", start=6)
)

BINDINGS = SheetForm(
    name="关联",
    columns=COLUMNS,
    key=Header.SKU_CODE,
    first_robot="bind-skus",
    things={"zh": "SKU", "en": "SKUs"},
    help=Help(
        title="商品关联表 · 填写说明",
        intro="一行是一个 SKU。深色表头必填，浅色表头选填；鼠标停在表头上可以看到每一列的说明。",
        intro_en="One row per SKU. Dark headers must be filled in, light ones may stay empty.",
        rules=(
            "商品ID、SKU编码和规格三样都对得上，才关联；对不上或对上几个，都不动，并写明看到了什么。",
            "厂家规格和我们的规格要是同样的值，先后不论；同一商品的两个 SKU 不能用同一个厂家SKU。",
            "店铺或货源里既有 90 / 120 又有 120 / 90 这样的规格时，先后也要一样。",
            "店铺里已经关联了别的厂家SKU的，机器人不改，留给人定。商家编码从来不改。",
            "表头文字不要改；列的顺序可以换，另加的列不会读取。空行跳过，隐藏的行也会读取。",
            "跑完后有一份「表名-结果.xlsx」，每行写明结果和原因；改好后把它直接再交给程序。",
        ),
        examples=(("例子：一个商品的两个 SKU", _EXAMPLE),),
    ),
)
