"""The 商品 sheet as a form: its columns, and what its help page tells."""

from __future__ import annotations

from console.sheet_columns import COLUMNS, SHEET, Header
from console.sheet_form import Help, SheetForm, SheetRow

MUG_EXAMPLE: tuple[SheetRow, ...] = (
    {
        Header.CODE: "EX-2001",
        Header.TITLE: "大容量保温杯 304不锈钢 便携车载水杯",
        Header.CATEGORY: "家居日用 > 餐饮具 > 保温杯",
        Header.MAIN_PICTURES: "images/EX-2001-1.jpg\nimages/EX-2001-2.jpg",
        Header.DETAIL_PICTURES: "images/EX-2001-a.jpg",
        Header.SPEC_1_NAME: "规格",
        Header.SPEC_1_VALUE: "500ml",
        Header.SKU_CODE: "EX-2001-500",
        Header.PRICE: 59.9,
        Header.STOCK: 200,
        Header.FREIGHT: "包邮",
        Header.SHIPS_WITHIN: "次日发",
        Header.RETURNS: "支持（拆封后不支持）",
    },
)
"""One SKU: it has a spec all the same."""

SHIRT_EXAMPLE: tuple[SheetRow, ...] = (
    {
        Header.CODE: "EX-2002",
        Header.TITLE: "夏季透气情侣T恤 宽松显瘦 纯棉短袖",
        Header.SHORT_TITLE: "透气情侣纯棉T恤",
        Header.CATEGORY: "服饰内衣 > 女装 > T恤",
        Header.ATTRIBUTES: "材质成分=棉 95%、氨纶 5%\n适用性别=男女通用",
        Header.MAIN_PICTURES: "images/EX-2002-1.jpg",
        Header.DETAIL_PICTURES: "images/EX-2002-a.jpg\nimages/EX-2002-b.jpg",
        Header.SPEC_1_NAME: "颜色分类",
        Header.SPEC_1_VALUE: "白色",
        Header.SPEC_2_NAME: "尺码大小",
        Header.SPEC_2_VALUE: "S",
        Header.SKU_CODE: "EX-2002-W-S",
        Header.PRICE: 39.9,
        Header.STOCK: 80,
    },
    *(
        SheetRow(
            {
                Header.CODE: "EX-2002",
                Header.SPEC_1_VALUE: colour,
                Header.SPEC_2_VALUE: size,
                Header.SKU_CODE: f"EX-2002-{letter}-{size}",
                Header.PRICE: price,
                Header.STOCK: stock,
            }
        )
        for colour, letter, size, price, stock in (
            ("白色", "W", "M", 39.9, 120),
            ("白色", "W", "L", 42.9, 60),
            ("浅蓝", "B", "S", 39.9, 80),
            ("浅蓝", "B", "M", 39.9, 100),
            ("浅蓝", "B", "L", 42.9, 0),
        )
    ),
)
"""Two colours by three sizes: six rows, the product's columns on the first only."""

_INTRO = "一行一个 SKU。深色表头必填，浅色表头选填；鼠标停在表头上可以看到每一列的说明。"
_INTRO_EN = (
    "One row per SKU. Dark headers must be filled in, light ones may stay empty. "
    "Columns of the product (title, category, pictures…) go on its first row only."
)
_RULES = (
    "商品自己的信息（标题、类目、图片等）写在商品的第一行，同一商家编码的其他行留空或照抄。",
    "规格多于一个时，每一种组合都要有一行，如 2 种颜色 × 3 个尺码 = 6 行；某个组合不卖，库存填 0。",
    "编码列是文本格式：长编码一旦变成数字，Excel 会把第 15 位以后改成 0，这样的编码不会上传。",
    "图片位置从本表所在的文件夹算起，把表格和图片文件夹放在一起即可；换电脑时整个文件夹一起拷贝。",
    "一个商品只要有一行有错，整个商品都不上传，其他商品照常；错误会写明行、列和改法。",
    "表头文字不要改；列的顺序可以换，另加的列不会读取。空行跳过，隐藏或筛选掉的行也会读取。",
    "标题里不要写价格、极限词（最佳、国家级等）和表情符号：平台不许的不会上传，拿不准的只给提示。",
    "跑完后有一份「表名-结果.xlsx」，每行写明结果和原因；改好有错的行，把它直接再交给程序，只跑没做好的。",
)

PRODUCTS = SheetForm(
    name=SHEET,
    columns=COLUMNS,
    key=Header.CODE,
    first_robot="upload-listings",
    things={"zh": "商品", "en": "products"},
    site_id="商品ID",
    help=Help(
        title="商品上架表 · 填写说明",
        intro=_INTRO,
        intro_en=_INTRO_EN,
        rules=_RULES,
        examples=(
            ("例一：只有一个 SKU 的商品", MUG_EXAMPLE),
            ("例二：2 种颜色 × 3 个尺码 = 6 个 SKU", SHIRT_EXAMPLE),
        ),
    ),
)
