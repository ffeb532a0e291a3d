"""What a supplier's message is made of: labels, names, clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from domain.address_text import fold

_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200b-\u200f\ufeff\u2b50]+")
_QUOTED = re.compile(r"「[^」]*」[ \t]*\n[ \t]*(?:- ?){3,}[ \t]*\n?")
_MARKS = re.compile(r"\[(?:玫瑰|微笑|强|抱拳|OK|呲牙|握手|爱心|可爱|笑脸|愉快|好的|比心)\]")

_BRACKETED = re.compile(
    r"[【\[]\s*((?:退货|收货|收件|联系|退件|详细)?(?:地址|人|电话|姓名|手机号?)|所在地区)\s*[】\]]\s*[:：]?"
)
_GREETS = re.compile(
    r"(?:请问)?(?:有什么(?:可以|能)?(?:帮|需要)[^\s,，。?？]{0,6}|有什么事|有事吗|在吗)[?？]?"
)
_SHIPS_FROM = re.compile(
    r"(?:我们)?是?从[^\n。]{1,60}?(?:发货|发出)的?[,，][^\n。,，]{0,6}(?:不要|别|勿)(?:寄|退)(?:到|往)?那[里边儿]?哦?"
)
"""Says where the goods come from and that returns don't go there: no other address is meant."""

_HONOURED = r"(?:先生|女士|小姐|经理|老板|主管|主任|师傅|老师|店长|总|姐|哥|叔|嫂|姨)"
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马"
    "苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛"
    "汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏"
    "蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲封芮储"
    "靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄"
    "印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦"
    "尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧沃利蔚越隆师巩聂晁"
    "勾敖融冷辛阚那简饶空曾沙养鞠须丰巢关蒯相查后荆红游竺权盖益桓公兰原牟佘佴伯赏肖付涂邝覃仝揭佟代岳帅晋闫丘隋迟冼麦苑逯战敬粟鹿练商"
)
_DOUBLE = (
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|夏侯|端木|百里|司徒|长孙|宇文|独孤|南宫"
)
_PERSON = rf"(?:(?:{_DOUBLE})[一-鿿]{{1,2}}|[{_SURNAMES}][一-鿿]{{1,2}})"
_CALLED = (
    rf"(?:(?:{_DOUBLE}|[{_SURNAMES}]){_HONOURED}|[小老阿][一-鿿]{{1,2}}|{_PERSON}{_HONOURED}?)"
)
_ROLE = (
    r"[一-鿿A-Za-z0-9]{0,20}?(?:部|组|仓|仓库|库房|公司|店|厂|处|中心|客服|专员|售后|退货|前台|人员|科|团队|商行|服饰|"
    r"电商|商贸|鞋业|工作室)"
)
_TITLED = rf"[一-鿿]{{1,2}}{_HONOURED}"
_SOMEONE = rf"(?:{_CALLED}|{_TITLED})"
_NAME = re.compile(
    rf"(?:{_SOMEONE}|{_ROLE}(?:[ -]?{_SOMEONE})?)(?: ?\((?:{_SOMEONE}|{_ROLE}(?: ?{_SOMEONE})?)\))?"
)
_LABELLED = re.compile(r"[一-鿿A-Za-z0-9·._#-]{2,25}(?:\([一-鿿A-Za-z0-9-]{1,10}\))?")
_DESK = r"[一-鿿]{0,10}(?:售后|退货|退件|仓库|客服|收货)(?:部|组|仓|中心|处|专员|科)?"
_UNLABELLED = re.compile(
    rf"(?:{_DESK})?{_SOMEONE}(?:\((?:{_DESK}|{_ROLE})\))?|{_DESK}(?<![一-鿿]客服)(?:\({_SOMEONE}\))?"
    r"|[一-鿿]{2,16}(?:公司|旗舰店|专卖店|商行)(?:售后部?|退货部?|仓库)?"
)
_NO_NAME = re.compile(
    r"谢谢|时间|方便|高兴|安排|马上|包邮|包退|单独|安全|温馨|金额|金属|任何|全部|全国|周[一二三四五六日末]|万一|"
    r"明天|明白|明确|成功|平邮|平台|经过|经常|强调|和平|应该|相关|关于|公司名|能[够否]|从[今现]|通常|通知|通过|"
    r"水洗|白天|满意|毛病|包装|解决|解释|支持|养成|须知|那[边个里]|后[面天续]|时候|于是|连同|都[是要行可]|"
    r"向您|向你|常用|东西|文字|文件|全新|全额|国[内庆际]|家里|终于|小时|小心|小件|^老板$|^老师$|^小姐$|老样|老地|"
    r"老规矩|计费|成本|祝您|查收|干净|原[样包价因]|红包|高价|利润|温度|广告|广东|江苏|安徽|山东|云南|河[南北]|"
    r"居多|步骤|商[品家量]|麻烦|全名|真名|备注|地址|电话|手机|运费|到付|拒收|大概|好像|这[个里边是]|一[个定样]|联系|"
    r"小姐姐|小哥哥|帅哥|小主|小伙伴|老铁|大[哥姐]|哥哥|姐姐|老板们?$|小店|小本|老客|老顾"
)
_VERBS = re.compile(
    r"[要写填寄不请吗呢的了改换错叫找或]|应该|更正|变|退(?![货件])|就行|即可|都可|随便|任意|哪"
)


class Kind(StrEnum):
    """What a label announces."""

    NAME = "name"
    PHONE = "phone"
    ADDRESS = "address"
    ELSEWHERE = "elsewhere"
    """An address that is not the one for returns."""
    OTHER = "other"
    """A number or id that is no phone of the recipient."""


class Label(NamedTuple):
    """A label in a text, up to its value."""

    kind: Kind
    start: int
    end: int


_SAYS = r"(?:\s*(?:就?写|就?填|就?是|为|叫)(?=\s*:|[^\s:要])\s*:?\s*|\s*:\s*| +|(?=[一-鿿\d+(]))"


def _one_of(*forms: str) -> str:
    return "|".join(forms)


_LABELS: dict[Kind, str] = {
    Kind.ELSEWHERE: _one_of(
        r"(?:发货|发件|寄件|出货|发出|办公|公司|注册|自提|门店|工厂|厂里|开票)(?:的)?"
        rf"(?:地址|地点?|仓库?|仓地址)(?!就是|和|跟|与){_SAYS}",
    ),
    Kind.OTHER: _one_of(
        r"(?:邮政编码|邮编|微信号?|[vV][xX]|[wW][xX]|[qQ][qQ]号?|旺旺号?|钉钉号?|订单号?|单号|货号|款号|ID)"
        r"(?!同号|备注)\s*(?:是|为)?\s*:?\s*(?=[A-Za-z\d])",
    ),
    Kind.PHONE: _one_of(
        r"(?:退货|收货|收件|退件)?人?(?:的)?(?:联系|仓库|固定|座机|售后)?(?:电话号?码?|手机号?码?|座机|固话|"
        rf"联系方式|[tT]el|TEL)\d?(?:/微信|微信同号|\(微信同号\))?{_SAYS}",
    ),
    Kind.ADDRESS: _one_of(
        r"(?:新的?)?(?:退货|退换货|退换|售后|收货|收件|退件|寄回|返件|返货|详细|邮寄|具体|回寄)?(?:的)?"
        rf"(?:仓库)?地址{_SAYS}",
        rf"(?:退货|退换货|退件|退回|货)?请?(?:寄|退|发)(?:回|到|至|给|往)+{_SAYS}",
        r"退货(?:信息)?\s*:\s*|(?:所在地区|省市区|所在区域)\s*:?\s*|退货寄(?=[一-鿿])",
    ),
    Kind.NAME: _one_of(
        r"(?<!请)(?:退货|退件|退换货)?(?:收件人|收货人|接收人|签收人|联系人|收件姓名|收货姓名|姓名|名字)"
        rf"(?:姓名|名字|名称)?{_SAYS}",
        r"(?:收件|收货|收|抬头)\s*:\s*|寄给|退给|发给|交给",
    ),
}
_LABEL = re.compile("|".join(f"(?P<{kind.value}>{form})" for kind, form in _LABELS.items()))
_PARTS = (
    ("whole", r"(?:所在地区|省市区|所在区域|地区|省/市/区|省市区县|区域)"),
    ("province", r"(?:省|省份)"),
    ("city", r"(?:市|城市)"),
    ("district", r"(?:区|县|区县|区/县)"),
    ("town", r"(?:镇|街道|乡镇|镇/街道|街道/镇|乡镇街道)"),
    ("detail", r"(?:详细地址|详细|街道地址|门牌号?|具体地址)"),
)
_PART = [(name, re.compile(rf"\s*{form}\s*:\s*(.*)")) for name, form in _PARTS]


def tidy(message: str) -> str:
    """Take emoji, quoted questions and invisible signs out of a message."""
    text = _QUOTED.sub("", message.replace("\r", "").replace("\u3000", " ").replace("\t", " "))
    text = _SHIPS_FROM.sub("", _GREETS.sub("", _BRACKETED.sub(r"\1:", text)))
    return _one_address(_EMOJI.sub(" ", _MARKS.sub(" ", text)))


def _one_address(text: str) -> str:
    """Put an address that was given by a line for each level into one line."""
    parts: dict[str, str] = {}
    others = []
    for line in text.split("\n"):
        found = _part(line)
        if found and found[0] not in parts:
            parts[found[0]] = found[1]
        else:
            others.append(line)
    if len(parts) < 2 or not any(parts.values()):
        return text
    detail = parts.pop("detail", "")
    above = [parts[name] for name, _ in _PARTS if parts.get(name)]
    for level in above:
        detail = detail.removeprefix(level)
    return "\n".join([*others, f"地址:{''.join(above)}{detail}"])


def _part(line: str) -> tuple[str, str] | None:
    folded = fold(line)
    for name, form in _PART:
        match = form.fullmatch(folded)
        if match:
            return name, line[match.start(1) :].strip()
    return None


def find_labels(text: str) -> list[Label]:
    """Find the labels of a folded text, from left to right."""
    return [
        Label(Kind(match.lastgroup), match.start(), match.end())
        for match in _LABEL.finditer(text)
        if match.lastgroup
    ]


def is_name(text: str) -> bool:
    """Whether a folded text can be a recipient: a person, a role, a company."""
    plain = text.strip()
    return _NAME.fullmatch(plain) is not None and not _says_something(plain)


def is_labelled_name(text: str) -> bool:
    """Whether one word behind a label can be a recipient, be it an unusual one."""
    plain = text.strip()
    return (
        _LABELLED.fullmatch(plain) is not None
        and re.search(r"[一-鿿A-Za-z]", plain) is not None
        and not _says_something(plain)
    )


def is_plain_name(text: str) -> bool:
    """Whether a folded text without a label can be nothing but a recipient."""
    plain = text.strip()
    return _UNLABELLED.fullmatch(plain) is not None and not _says_something(plain)


def is_desk(text: str) -> bool:
    """Whether it is a role that a name may follow, such as 仓库."""
    return re.fullmatch(_DESK, text) is not None


def _says_something(text: str) -> bool:
    return _NO_NAME.search(text) is not None or _VERBS.search(text) is not None


_BEFORE_NAME = re.compile(
    r"(?:[号栋幢座楼层室库仓门铺档位户#园城院]|单元|商位|厂房|仓库|车间|大厦|广场|中心|市场|公司|\d|[A-Z])$"
)


def name_behind(text: str) -> int:
    """Give where a person's name begins that sticks to a door number; -1 where it is not plain."""
    cuts = [len(text) - length for length in (4, 3, 2) if len(text) > length]
    found = [
        cut
        for cut in cuts
        if re.fullmatch(_PERSON, text[cut:])
        and not _says_something(text[cut:])
        and _BEFORE_NAME.search(text[:cut])
    ]
    return found[0] if len(found) == 1 else -1


def clauses(text: str) -> Iterator[str]:
    """Split what is left of a text into single clauses, numbering and brackets taken off."""
    for piece in re.split(r"[\n,，;；。!！~～()（）【】\[\]|]+", text):
        clause = re.sub(r"^\s*(?:\d{1,2}[、.)]\s*|[-—*·•:：、/#]+\s*)+|[\s:：、/]+$", "", piece)
        if re.search(r"\w", clause):
            yield clause.strip()
