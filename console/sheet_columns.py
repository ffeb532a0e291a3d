"""The columns of the 商品 sheet, for its reader and its template: name, content and meaning.

A row is one SKU. Columns of the product are filled on its first row; its other rows leave them
empty or repeat them.
"""

from __future__ import annotations

from enum import StrEnum

from console.sheet_form import Column
from domain.listing import NO_BRAND

SHEET = "商品"


class Header(StrEnum):
    """The header texts, left to right."""

    CODE = "商家编码"
    TITLE = "商品标题"
    SHORT_TITLE = "导购短标题"
    CATEGORY = "商品类目"
    BRAND = "品牌"
    ATTRIBUTES = "类目属性"
    MAIN_PICTURES = "主图"
    DETAIL_PICTURES = "商品详情图"
    SPEC_1_NAME = "规格1名称"
    SPEC_1_VALUE = "规格1值"
    SPEC_2_NAME = "规格2名称"
    SPEC_2_VALUE = "规格2值"
    SPEC_3_NAME = "规格3名称"
    SPEC_3_VALUE = "规格3值"
    SKU_CODE = "SKU编码"
    PRICE = "价格"
    STOCK = "库存"
    FREIGHT = "运费模板"
    SHIPS_WITHIN = "发货时效"
    RETURNS = "售后政策"
    REFERENCE = "参考价"
    REFERENCE_KIND = "参考价类型"
    REFERENCE_PROOF = "参考价凭证"


COLUMNS: tuple[Column[Header], ...] = (
    Column(
        header=Header.CODE,
        synonyms=("商品编码", "货号", "款号"),
        per_sku=True,
        required=True,
        width=14,
        help="您自己的商品编码，每一行都要填；同一商品的每个 SKU 行填同一个编码。"
        "文本格式，最长 255 个字符。",
        example="CG-1001",
    ),
    Column(
        header=Header.TITLE,
        synonyms=("标题", "商品名称", "品名"),
        required=True,
        width=40,
        help="2–60 个字符，1 个汉字算 2 个。写在商品的第一行。",
        example="夏季透气情侣T恤 宽松显瘦 纯棉短袖",
    ),
    Column(
        header=Header.SHORT_TITLE,
        synonyms=("短标题", "副标题", "导购标题"),
        width=20,
        help="最多 24 个字符，1 个汉字算 2 个；可以不填。",
        example="透气情侣纯棉T恤",
    ),
    Column(
        header=Header.CATEGORY,
        synonyms=("类目", "分类", "商品分类"),
        required=True,
        width=30,
        help="从一级类目写到末级类目，用 > 隔开。",
        example="服饰内衣 > 女装 > T恤",
    ),
    Column(
        header=Header.BRAND,
        synonyms=("品牌名称", "商品品牌", "牌子"),
        width=10,
        default=NO_BRAND,
        help="店铺已有的品牌名；不填就是「无品牌」。",
        example=NO_BRAND,
    ),
    Column(
        header=Header.ATTRIBUTES,
        synonyms=("属性", "商品属性", "产品属性"),
        width=26,
        help="写成 属性=值，一行一个（Alt+Enter）或用分号隔开；多个值用顿号隔开，成分后面写百分比。"
        "必填属性以店铺后台该类目的为准。",
        example="材质成分=棉 95%、氨纶 5%;适用性别=女",
    ),
    Column(
        header=Header.MAIN_PICTURES,
        synonyms=("商品主图", "图片", "商品图片"),
        required=True,
        width=26,
        help="1–5 张图片的文件名，用分号或换行（Alt+Enter）隔开，位置从本表所在的文件夹算起。"
        "JPG 或 PNG，1:1，至少 600×600，每张不超过 5 MB。",
        example="images/CG-1001-1.jpg;images/CG-1001-2.jpg",
    ),
    Column(
        header=Header.DETAIL_PICTURES,
        synonyms=("详情图", "商品详情", "详情"),
        required=True,
        width=26,
        help="1–50 张详情图的文件名，写法同主图。JPG 或 PNG，每张不超过 5 MB，尺寸不限。",
        example="images/CG-1001-a.jpg",
    ),
    Column(
        header=Header.SPEC_1_NAME,
        required=True,
        width=12,
        help="第一个规格的名称。只有一个 SKU 的商品也要填，例如「规格」。",
        example="颜色分类",
    ),
    Column(
        header=Header.SPEC_1_VALUE,
        per_sku=True,
        required=True,
        width=12,
        help="本行 SKU 的第一个规格值，每一行都要填。",
        example="白色",
    ),
    Column(
        header=Header.SPEC_2_NAME,
        width=12,
        help="第二个规格的名称；没有就留空。有两三个规格时，每一种组合都要有一行。",
        example="尺码大小",
    ),
    Column(
        header=Header.SPEC_2_VALUE,
        per_sku=True,
        width=12,
        help="本行 SKU 的第二个规格值；填了规格2名称，就每一行都要填。",
        example="M",
    ),
    Column(
        header=Header.SPEC_3_NAME,
        width=12,
        help="第三个规格的名称；没有就留空。",
        example="款式",
    ),
    Column(
        header=Header.SPEC_3_VALUE,
        per_sku=True,
        width=12,
        help="本行 SKU 的第三个规格值；填了规格3名称，就每一行都要填。",
        example="短袖",
    ),
    Column(
        header=Header.SKU_CODE,
        synonyms=("SKU", "规格编码"),
        per_sku=True,
        required=True,
        width=18,
        help="本行 SKU 的编码，整张表里不能重复。文本格式，最长 255 个字符。",
        example="CG-1001-W-M",
    ),
    Column(
        header=Header.PRICE,
        synonyms=("售价", "单价", "销售价", "现价"),
        per_sku=True,
        required=True,
        width=10,
        number_format="0.00",
        help="单位元，大于 0，最多两位小数。",
        example="39.90",
    ),
    Column(
        header=Header.STOCK,
        synonyms=("数量", "现货", "库存数量"),
        per_sku=True,
        required=True,
        width=9,
        number_format="0",
        help="现货件数，0–9999999 的整数。",
        example="120",
    ),
    Column(
        header=Header.FREIGHT,
        synonyms=("运费", "邮费", "运费设置", "快递模板", "物流模板"),
        width=14,
        default="包邮",
        choices=("包邮",),
        open_choice=True,
        help="店铺后台的运费模板名称；不填就是「包邮」。",
        example="包邮",
    ),
    Column(
        header=Header.SHIPS_WITHIN,
        synonyms=("发货时间", "发货期", "发货时限", "时效"),
        width=11,
        default="48小时",
        choices=("当日发", "次日发", "48小时"),
        help="从下拉框选：当日发、次日发、48小时；不填就是「48小时」。",
        example="48小时",
    ),
    Column(
        header=Header.RETURNS,
        synonyms=("售后", "售后服务", "退货政策", "退换货", "七天无理由", "7天无理由"),
        width=24,
        default="支持7天无理由退货",
        choices=("支持7天无理由退货", "不支持7天无理由退货", "支持（拆封后不支持）"),
        help="从下拉框选；不填就是「支持7天无理由退货」。",
        example="支持7天无理由退货",
    ),
    Column(
        header=Header.REFERENCE,
        synonyms=("划线价", "原价", "市场价", "吊牌价", "建议零售价"),
        width=10,
        number_format="0.00",
        help="划线的参考价，单位元；可以不填。要比每个 SKU 的价格高，且低于最低价的 10 倍。"
        "填了就要一起填类型和凭证。",
        example="99.00",
    ),
    Column(
        header=Header.REFERENCE_KIND,
        synonyms=("划线价类型", "价格类型"),
        width=16,
        choices=("厂商建议零售价", "吊牌价", "定价", "官网零售价"),
        help="从下拉框选参考价的来历；没有参考价就留空。",
        example="吊牌价",
    ),
    Column(
        header=Header.REFERENCE_PROOF,
        synonyms=("划线价凭证", "吊牌照片", "吊牌图", "价格凭证"),
        width=22,
        help="一张能证明参考价的图片的文件名，如吊牌照片；没有参考价就留空。",
        example="images/CG-1001-tag.jpg",
    ),
)

COLUMN_OF = {column.header: column for column in COLUMNS}
