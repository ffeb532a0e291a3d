"""The 采购 sheet as a form: what was bought for orders, paid, and sent.

Until purchasing is built it is the only source of "paid" and "shipped" (issue 6).
"""

from __future__ import annotations

from enum import StrEnum

from console.sheet_form import Column, Help, SheetForm, SheetRow


class Header(StrEnum):
    """The header texts, left to right."""

    ORDER = "订单编号"
    SKU_CODE = "SKU编码"
    QUANTITY = "数量"
    SUPPLIER_ORDER = "采购单号"
    PAID_AT = "付款时间"
    VOUCHER = "付款凭证"
    CARRIER = "快递公司"
    TRACKING = "运单号"


COLUMNS: tuple[Column[Header], ...] = (
    Column(
        header=Header.ORDER,
        synonyms=("订单号", "抖店订单号"),
        per_sku=True,
        required=True,
        width=24,
        help="抖店的订单编号，每一行都要填。文本格式：变成数字的长编号，Excel 会改掉第 15 位以后。",
        example="6920100000000000078",
    ),
    Column(
        header=Header.SKU_CODE,
        synonyms=("SKU", "商品编码"),
        per_sku=True,
        required=True,
        width=18,
        help="买的是这个订单里的哪个 SKU，写我们自己的 SKU 编码。",
        example="CG-1001-W-M",
    ),
    Column(
        header=Header.QUANTITY,
        synonyms=("件数", "采购数量"),
        per_sku=True,
        required=True,
        width=8,
        number_format="0",
        help="买了几件；和订单里的件数不一样，机器人不会标记，也不会发货。",
        example="1",
    ),
    Column(
        header=Header.SUPPLIER_ORDER,
        synonyms=("采购订单号", "采购编号", "供货商单号"),
        per_sku=True,
        width=22,
        help="供货商那边的采购单号。没付款就先空着。",
        example="2026112200077",
    ),
    Column(
        header=Header.PAID_AT,
        synonyms=("付款日期", "支付时间"),
        per_sku=True,
        width=18,
        number_format="yyyy-mm-dd hh:mm",
        help="付给供货商的时间，日期和时间都要写。没付款就先空着。",
        example="2026-11-22 10:30",
    ),
    Column(
        header=Header.VOUCHER,
        synonyms=("凭证", "付款截图", "支付凭证", "截图"),
        per_sku=True,
        width=26,
        help="付款凭证的文件名（截图或 PDF），位置从本表所在的文件夹算起。没付款就先空着。",
        example="凭证/2026112200077.png",
    ),
    Column(
        header=Header.CARRIER,
        synonyms=("快递", "物流公司", "承运商"),
        per_sku=True,
        width=14,
        choices=("顺丰速运", "中通快递", "圆通速递", "韵达快递", "申通快递", "极兔速递", "EMS"),
        open_choice=True,
        help="供货商用的快递公司，写法和发货页面的一样。还没发货就先空着。",
        example="中通快递",
    ),
    Column(
        header=Header.TRACKING,
        synonyms=("快递单号", "物流单号", "单号"),
        per_sku=True,
        width=22,
        help="快递单号，文本格式；一格一个，中间不留空格。还没发货就先空着。",
        example="78000000001234",
    ),
)

_SENT: tuple[SheetRow, ...] = (
    {
        Header.ORDER: "6920100000000000078",
        Header.SKU_CODE: "CG-1001-W-M",
        Header.QUANTITY: 2,
        Header.SUPPLIER_ORDER: "2026112200077",
        Header.PAID_AT: "2026-11-22 10:30",
        Header.VOUCHER: "凭证/2026112200077.png",
        Header.CARRIER: "中通快递",
        Header.TRACKING: "78000000001234",
    },
)
_PAID: tuple[SheetRow, ...] = tuple(
    {
        Header.ORDER: "6920100000000000095",
        Header.SKU_CODE: sku,
        Header.QUANTITY: 1,
        Header.SUPPLIER_ORDER: "2026112200078",
        Header.PAID_AT: "2026-11-22 10:42",
        Header.VOUCHER: "凭证/2026112200078.png",
    }
    for sku in ("CG-1001-W-M", "CG-1002-500")
)

PURCHASES = SheetForm(
    name="采购",
    columns=COLUMNS,
    key=Header.ORDER,
    things={"zh": "订单", "en": "orders"},
    help=Help(
        title="采购表 · 填写说明",
        intro="一行是一个订单里的一个 SKU。深色表头必填，浅色表头选填；鼠标停在表头上可以看说明。",
        intro_en="One row per SKU of an order. Dark headers must be filled in, light ones may stay "
        "empty until the order is paid or sent.",
        rules=(
            "这张表是「付了款」和「发了货」的唯一依据：表里没有的订单，机器人不标记，也不发货。",
            "一个订单有几个 SKU 就写几行；分几个包裹发，就按包裹再分行，件数加起来要和订单一样。",
            "采购单号、付款时间、付款凭证三样齐了，才算付了款；快递公司和运单号齐了，才算发了货。",
            "同一个运单号只能用在一个订单上。订单编号和运单号是文本格式，不要让 Excel 变成数字。",
            "一个订单只要有一行有错，整个订单都不做，其他订单照常；错误会写明行、列和改法。",
            "表里不要写买家的姓名、电话和地址。表头文字不要改；列的顺序可以换，另加的列不会读取。",
            "跑完后有一份「表名-结果.xlsx」，每行写明结果和原因；改好后把它直接再交给程序。",
        ),
        examples=(
            ("例一：付了款、已经发货的订单", _SENT),
            ("例二：两个 SKU，付了款，还没发货", _PAID),
        ),
    ),
)
