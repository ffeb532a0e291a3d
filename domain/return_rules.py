"""What a factory writes beside a return address: its rules, small talk, or a parcel's news.

A buyer's address looks as a return address does; the words beside it tell the two apart. So only
words that are known to be about returns, or to say nothing, may stand there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from domain.address_text import fold


def _any(*forms: str) -> re.Pattern[str]:
    return re.compile("|".join(forms))


class Rule(StrEnum):
    """What a clause about returns is about; of several the first of this order."""

    FREIGHT = "运费"
    SEVEN_DAYS = "7天无理由"
    DAMAGE = "破损"
    OTHER = "其他"


_ABOUT = {
    Rule.FREIGHT: _any(r"运费|邮费|到付|平邮"),
    Rule.SEVEN_DAYS: _any(r"7\s*天|七天|无理由|不退不换"),
    Rule.DAMAGE: _any(r"破损|损坏|坏|质量|开箱"),
}

_MAY_BE = _any(
    *(words.pattern for words in _ABOUT.values()),
    r"退|换货|寄回|返回|返[件货]|拒[收签]|不[收认]|补发|重新?[发寄]|视频|拍照|照片|吊牌|标签|拆封|二次销售",
    r"完[好整]|齐全|瑕疵|验货|保价|纸条|写[上明清好]|备注|附上|注明|单号|承担|自理|自付|超时|逾期|平台|联系",
    r"(?:不要|别|勿|不能)(?:再)?(?:寄|放|用|走|使用)|负责|休息|上班|节假日|(?:收货|工作)时间|随时",
)
"""Enough beside an address that is called one for returns."""

_PAYER = r"(?:承担|自理|自付|自己|我们|我方|我司|买家|客户|顾客|卖家|厂家|双方|垫付|报销|最多|包)"
_GIVEN = r"(?:订单|单号|编号|货号|款号|原因|信息|店|退货|姓?名|电话)"
_STATES = _any(
    rf"(?:运费|邮费).{{0,8}}{_PAYER}|{_PAYER}.{{0,6}}(?:运费|邮费)|运费险",
    r"(?:自己|客户|买家|顾客|我们)(?:承担|自理|自付|[出付]$)|后果自负",
    r"(?:到付|平邮).{0,6}[拒不]|[不勿别拒谢].{0,8}(?:到付|平邮)|公斤|保价",
    r".{2}不(?:予|给|能|可以?)?[退收认换]|不(?:予|接受|支持|收|认).{2}|[不只]退不换|[勿别].{0,3}退|恕不",
    r"拒[收签][的者件货]|(?:一律|概|否则|直接|仓库)拒[收签]|拒绝|谢绝|请勿|不(?:予|给)?处理|不负责",
    r"无理由|(?:支持|签收|[在以]?内).{0,6}(?:7\s*天|七天)|(?:7\s*天|七天)[之以]?内(?![到发送])",
    r"(?:\d+|[一二三七两])个?(?:小时|天|日|工作日)[之以]?内.{0,10}[寄退联处反申换]|(?:超时|逾期|超过.{1,6})不",
    r"(?:质量|破损|坏|瑕疵).{0,8}(?:我们|[可包]退|可以退|退款|的.|请|免费|联系|拍照)|收到.{0,3}(?:破损|损坏|问题)",
    r"(?:核实|检查|验货|收到|确认).{1,8}(?:退款|补发|换)|(?:直接|马上)退款$|补发或退款|(?:不用|无需)寄回",
    r"[要请先需的].{0,6}(?:视频|拍照|照片)|(?:视频|拍照|照片).{0,4}(?:[给发]我|凭证)",
    rf"[纸便]条|(?:[写附填放][上入明清好]?楚?|注明|备注).{{0,6}}{_GIVEN}|{_GIVEN}.{{0,4}}(?:写|附|放|贴|注明|备注)",
    r"吊牌|二次销售|拆封|原[包样]装?|(?:包装|配件|商品|赠品).{0,3}(?:完[好整]|齐全|[一寄退])",
    r"周[一二三四五六日末].{0,10}(?:收|休|上班)|(?:工作|收货|上班|营业)时间|节假日|工作日.{0,8}[收签上]|\d点.{0,6}收",
    r"(?:单号|物流).{0,6}(?:发|告诉|给|报|拍|提供)(?:给)?(?:我|一?下|过来)|提供.{0,4}单号",
    r"(?:提前|随时|及时|有问题|有事|再)(?:电话)?(?:找|联系|打给)我|联系(?:我|客服)|平台.{0,3}(?:规则|[来走办])",
    r"(?:支持|接受).{0,6}退|[退换](?:换|货|换货|回)?(?:请|要|须|需|先|前|之前|时|的|规则|说明|必须|务必|一律)|请.{0,6}(?:寄回|退回)",
    r"(?:不要|勿|别|不能|禁止)(?:再)?(?:用|走|选|使用).{2}|(?:请|尽量|最好|建议|必须)(?:用|走|选|[发寄](?:中通|圆通|申通|韵达|顺丰|极兔|邮政|京东))",
)
"""What can be said of returns only, whatever address stands beside it."""

PARCEL = _any(
    r"(?:今[天日晚]|明[天日早]|昨[天日]|现在|马上|晚点)(?!补|重|给)[^,，。\n]{0,2}[发寄](?![回票错给您你一])|已经?[发寄](?!您|你)",
    r"发(?:走|掉|[好完出](?!了?(?:[之以]?[后前]|时)))|寄[走掉好完出]了$|发了|(?<![要勿别能请])发(?:中通|圆通|申通|韵达|顺丰|极兔|邮政|京东|德邦)",
    r"发货(?!人|地|仓|的地|后|前)|停发|缺货|断货|没货|有货(?![损物])|现货|(?<!收)到货|补货|库存|[寄收送到]了$|到了$",
    r"揽[收件]|派[送件]|配送|在途|中转|转运|超区|面单(?![上里要请])|打[了好完]?单|运单(?!号)|代发|加急",
    r"(?:单号|快递|物流|中通|圆通|申通|韵达|顺丰|极兔|邮政|京东|百世|德邦)[是为\s:]*[A-Za-z]{0,4}\d{8,}",
    r"[这此该那](?:单|票|个?(?:包裹|订单(?!号)|快递(?!单号)|客户|买家))|[xX×*]\s?\d+$|\d\s?件$",
    r"联系(?:一?下)?(?:买家|客户|顾客|收件人)|对方(?!付|承担|出|自)|(?:买家|客户|顾客)(?:又|说|让|催|急|投诉|没收|不在|要[加改])",
    r"已(?:拒收|签收|退)(?!.{0,8}[天时不])|拒[收签]了|签收了|被[退拒]|退回来|退[回件货]?了|退款[了好]|正?在退|退[回货]?中|退回途|退款成功",
    r"(?:买家|客户|顾客|收件人|驿站|[他她])(?:已?经?|也|就|要求?)?(?:不收|拒|退|要?退货?$)|申请退|退货申请|没[写填]$|[未不]签收|拒绝签收|(?<!其)[他她]",
    r"样[品衣]|看[货样]|拿货|订货|下单(?!号)|(?:运费|邮费)[是要为:]?\d+元?(?!.{0,8}[出担补报内])|\d元?(?:运费|邮费)$",
)
"""A parcel or an order under way: an address beside it is its receiver's."""

_ONLY = _any(r"[只仅](?:收|接|限|能退|退(?!不换|款))|专用|专收|转(?:给|交|\s)")
"""An address for some goods or somebody else only."""

_ORDER = re.compile(
    r"(?:[这此]单|(?:售后|退货)?(?:订单编?号?|单号|工单号?|编号|尾号)(?:是|为)?:?\s*[\dA-Za-z-]{4,}|\d{15,})的?"
)

_SOMEBODY = r"(?:我|业务员?|客服|老板|财务|售前|咨询|投诉|总机|办公室|公司|前台|门卫|备用)"
_SAYS_NOTHING = (
    rf"{_SOMEBODY}的?(?:联系)?(?:电话|手机|号码|微信)号?",
    r"(?:我|这边)(?:是|叫)(?:业务员?|客服|售后|老板|财务|仓库)?(?:小[一-鿿]|[一-鿿]{1,2}(?:姐|哥|总|经理))?",
    r"(?:邮政编码|邮编|传真|工号|微信号?|[vV][xX]|[wW][xX]|[qQ]{2}号?|旺旺号?)(?:是|为)?:?\s*[A-Za-z\d_-]*",
    r"(?:我们|这边)?(?:的?仓库?|工厂|厂)?搬[了到]?(?:新[厂仓]库?|家)?了?|(?:之前|以前|原来)的(?:退货)?地址不用了",
    r"有(?:问题|需要)(?:再|随时)(?:找我|联系我?)?|祝.{1,8}|生意兴隆|合作愉快|欢迎.{0,6}",
    r"稍等(?:一下|下|我找下)?|微信同号|同号|[您你请]说|请讲|请查收|查收|通知一?下|亲爱的|老板|宝宝?|么么哒",
    r"忘[记了]{1,2}[说写发]?|刚看到|找到了|对了|还有|另外|我?(?:找|看|查)一?下|等一?下|姓名|名字|联系方式|号码|人名|门牌号?",
    r"不好意思|抱歉|麻烦[您你]?了?|谢谢您?|感谢|辛苦了?|配合|支持|理解|不客气|收到|在的?呢?|[你您]好|可以的?",
    r"好[的嘞滴]?|ok|OK|的呢|的话|退换货|退货|须知|说明|要求|信息|地址|收[货件]人?|电话|手机",
    r"[上前]面发过的?|以下|[下上]面|如下|正确的?|就(?:可以|[行好是])?|即可|这[个里边]?|我们的?|[您你]要的?",
    r"(?:这就|马上|现在)?发(?:(?:给)?[您你]了?|一?下)+|[记存看]一?下|记好|复制|完整的",
    r"换货也(?:是|寄|到)+|都|统一|全部|直接|也|以后|今后|[亲嗯哦哈呢呀啊哟嘿噢喔啦哒嘛是写收寄到至请您你了:\s]",
)
_SMALL_TALK = re.compile(f"(?>{'|'.join(_SAYS_NOTHING)})*")
"""Atomic, longer words first: no text takes long to look at."""

_PLACE = re.compile(
    r"-?(?:[A-Za-z]?\d+[A-Za-z]?-)*[A-Za-z]?\d+[A-Za-z]?"
    r"|[一-鿿A-Za-z\d]{0,8}(?:[园仓座栋幢]|[A-Z\d一二三四五六]区|大厦|广场|市场|公寓|小区|旁边?|对面|隔壁)"
)
"""A piece of an address that was not understood as one."""


def is_small_talk(clause: str) -> bool:
    """Tell whether a clause says nothing worth keeping."""
    return _SMALL_TALK.fullmatch(fold(clause)) is not None and not is_of_a_parcel(clause)


def is_place(clause: str) -> bool:
    """Tell whether a clause looks like a piece of an address."""
    return _PLACE.fullmatch(fold(clause)) is not None


def is_of_a_parcel(text: str) -> bool:
    """Tell whether a text speaks of a parcel or an order under way."""
    return PARCEL.search(fold(text)) is not None


def is_order(clause: str) -> bool:
    """Tell whether a clause only names an order."""
    return _ORDER.fullmatch(fold(clause)) is not None


def is_rule(clause: str, *, named: bool) -> bool:
    """Tell whether a clause is known to be about returns.

    ``named``: the address beside it is called one for returns; then single words are enough.
    """
    said = fold(clause)
    if _ONLY.search(said) or is_of_a_parcel(said):
        return False
    return (_MAY_BE if named else _STATES).search(said) is not None


def sorted_rules(clauses: Sequence[str]) -> dict[Rule, str]:
    """Sort what a factory says of returns by what it is about, in its own words."""
    found: dict[Rule, list[str]] = {}
    for clause in clauses:
        about = (rule for rule, words in _ABOUT.items() if words.search(clause))
        found.setdefault(next(about, Rule.OTHER), []).append(clause)
    return {rule: "；".join(found[rule]) for rule in Rule if rule in found}
