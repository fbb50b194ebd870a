"""A new pack to fill in: it can be scored at once, and every place that its author has to change is marked with ←."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from plsp_audit.model.problem import InputError, Place, Problem
from plsp_audit.model.standard import Parameter, ResolvedStandard

_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")

_STANDARD: Final = """\
# 标准总表。凡有“←”的地方请改成自己的内容；改完运行：plsp-audit standards lint __ID__
plsp: standard/1
id: __ID__  # 须与文件夹同名
title: ××市公共法律服务工作站检查标准  # ←
issuer: ××市司法局  # ←
issued: "2020-01-01"  # ← 原文的发布日期
province: ××省  # ←
points_basis: assigned  # ← source：分值是原文印的；assigned：分值由编写人设定
notes: >-
  ← 分值和等次怎样得来，原文有哪些疏漏，在这里说明，会印在报告里。
sources:
  - id: notice
    title: 关于××的通知  # ←
    # 把原文的条款逐条列出：有条目的只写 at 和 about；无法在场所核查的写明 not_checked
    outline:
      - {at: 一(一), about: 服务场所面积}  # ←
      - {at: 一(二), about: 公示内容}  # ←
      - {at: 二(一), about: 值班制度}  # ←
      - {at: 三, about: 组织领导, not_checked: 对主管机关的要求，不针对单个场所}  # ←
# 下级标准可以改动的数值，条目里写作 $名称
parameters:
  min_area: {value: 60, unit: ㎡, title: 最小面积}  # ←
dimensions:  # ← points 是各类别分值的合计，检验时与条目核对
  - {id: premises, title: 场所建设, weight: 60, points: 60}
  - {id: service, title: 服务管理, weight: 40, points: 40}
scoring:
  model: normalised  # normalised 按应得分折算；weighted 按类别权重折算；sum 直接相加
  full_marks: 100
  not_applicable: exclude  # 不适用：exclude 不计入；full 视为满分；zero 视为零分
  not_checked: zero  # 未查：zero 暂按零分；exclude 暂不计入
  rounding: {places: 0, mode: half_up}  # 四舍五入到整数；不取整写 none
  max_total: 100
  assumed: [model, not_applicable, not_checked, rounding]  # ← 原文没有规定、由本标准设定的
grades:  # ← 从好到差，最末一个从0起
  - {id: good, title: 好, from: 85}
  - {id: medium, title: 中, from: 60}
  - {id: poor, title: 差, from: 0}
tiers:  # ← 每个层级一个条目文件
  - {id: station, title: 乡镇(街道)公共法律服务工作站, rules: station.yaml}
"""

_RULES: Final = """\
# 工作站的条目。三个例子说明三种常用的计分办法，请换成自己的条目。
plsp: rules/1
rules:
  - id: A-01  # 编号定了就不再改，也不重复使用
    title: 服务场所使用面积不少于$min_area  # ←
    dimension: premises
    points: 30
    clause: 一(一)  # 原文的条款
    check: {fact: premises.area, at_least: $min_area}  # 不写 award 就是全得全扣
    method: 实地查看
    guide: 面积以实测为准
    remedy: 扩建或调换场所，使面积达到$min_area以上
    days: 60
  - id: A-02
    title: 公示服务目录、办事流程、政策规定和监督电话  # ←
    dimension: premises
    points: 30
    clause: 一(二)
    check: {fact: notice.items, includes: [services, process, policy, supervision_phone]}
    award: share  # 按达到项数比例得分；也可写 {each_missing: 5}，每缺一项扣5分
    method: 实地查看
    evidence: required  # 须附照片等佐证
    remedy: 在公示栏补上缺少的内容
    days: 15
  - id: A-03
    title: 每周值班不少于5天  # ←
    dimension: service
    points: 40
    clause: 二(一)
    award: {over: __FACT__, steps: [[5, 40], [3, 20]]}  # 分档：5天以上40分，3天以上20分，其余0分
    method: 查阅资料
    documents: [值班表]
    remedy: 排定值班表，每个工作日有人值班
"""

_FACTS: Final = """\
# 共用词典里没有的检查项目。先查共用词典（plsp-audit standards list 所示文件夹里的 facts.yaml）有无同义项，有就直接用。
plsp: facts/1
facts:
  __FACT__:
    label: 每周值班天数  # ←
    type: integer  # 还有 yes_no 是否、number 数值、text 文字、date 日期、choice 单选、choices 多选等
    unit: 天
    ask: 近一个月平均每周有人值班的天数
    group: 管理
"""

_CASES: Final = """\
# 用例：每个条目至少一个达标、一个不达标的例子，防止以后改错。
plsp: cases/1
standard: __ID__
tier: station
site: {province: ××省, city: ××市, county: ××县, town: ××镇}
cases:
  A-01:
    - {name: 刚好六十平方米, facts: {premises.area: 60㎡}, expect: pass, awarded: 30}
    - {name: 差一平方米, facts: {premises.area: 59}, expect: fail, awarded: 0}
  A-02:
    - {name: 四项都有, facts: {notice.items: [services, process, policy, supervision_phone]}, expect: pass}
    - {name: 缺监督电话, facts: {notice.items: [services, process, policy]}, expect: partial, awarded: 22.5}
    - {name: 没有公示, facts: {notice.items: 无}, expect: fail}
  A-03:
    - {name: 五天, facts: {__FACT__: 5}, expect: pass}
    - {name: 三天, facts: {__FACT__: 3}, expect: partial, awarded: 20}
    - {name: 没有值班, facts: {__FACT__: 0}, expect: fail}
"""

_CHILD: Final = """\
# 在 __PARENT__ 之上修改的标准。凡有“←”的地方请改成自己的内容；改完运行：plsp-audit standards lint __ID__
# 没有写到的都照上级标准；每处改动都要写理由（reason），会印在报告里。
plsp: standard/1
id: __ID__  # 须与文件夹同名
title: __TITLE__(××市补充)  # ←
issuer: ××市司法局  # ←
issued: "2020-01-01"  # ←
extends: __PARENT__
# 去掉行首的“# ”就生效：
# tailoring:
#   parameters:
__PARAMETERS__
#   remove:
#     - {rule: __RULE__, tier: __TIER__, reason: 由市里统一承担}
#   alter:
#     - {rule: __RULE__, tier: __TIER__, set: {days: 15}, reason: 市局要求限期整改}
sources:
  - id: __ID__-notice
    title: ××市司法局补充通知  # ←
    outline:
      - {at: 一, about: 每周值班天数, tiers: [__TIER__]}  # ←
tiers:  # 上级标准的层级照旧；这里的文件只增加条目
  - {id: __TIER__, title: __TIER_TITLE__, rules: __TIER__.yaml}
"""

_CHILD_RULES: Final = """\
# 比上级标准多出的条目；编号不能与上级标准的重复。
plsp: rules/1
rules:
  - id: CITY-01
    title: 每周值班7天  # ←
    dimension: __DIMENSION__
    points: 2
    level: bonus  # 加分项；改成必备项时，类别的分值合计也要改
    clause: 一
    check: {fact: __FACT__, at_least: 7}
    method: 查阅资料
    documents: [值班表]
"""

_CHILD_CASES: Final = """\
# 用例：每个条目至少一个达标、一个不达标的例子，防止以后改错。
plsp: cases/1
standard: __ID__
tier: __TIER__
site: {province: ××省, city: ××市, county: ××县, town: ××镇}
cases:
  CITY-01:
    - {name: 七天, facts: {__FACT__: 7}, expect: pass, awarded: 2}
    - {name: 五天, facts: {__FACT__: 5}, expect: fail, awarded: 0}
"""


def new_pack(name: str, parent: ResolvedStandard | None = None) -> dict[str, str]:
    """Give the files of a new pack, by their paths inside its folder.

    Args:
        name: The new standard's id.
        parent: The standard it extends, None for one of its own.

    Raises:
        InputError: The id cannot be one.
    """
    if _ID.fullmatch(name) is None:
        raise InputError([Problem("schema.string_pattern_mismatch", {"value": name[:60]})])
    fact = "duty.days_per_week"
    if parent is None:
        words = {"ID": name, "FACT": fact}
        files = {"standard.yaml": _STANDARD, "station.yaml": _RULES, "facts.yaml": _FACTS, "cases/station.yaml": _CASES}
    else:
        tier = parent.tiers[0]
        words = {
            "ID": name,
            "FACT": fact,
            "PARENT": parent.id,
            "TITLE": parent.title,
            "TIER": tier.id,
            "TIER_TITLE": tier.title,
            "RULE": parent.rules[tier.id][0].id,
            "DIMENSION": parent.rules[tier.id][0].dimension,
            "PARAMETERS": "\n".join(_parameter(key, value) for key, value in parent.parameters.items()) or "#     {}",
        }
        files = {
            "standard.yaml": _CHILD,
            f"{tier.id}.yaml": _CHILD_RULES,
            "facts.yaml": _FACTS,
            f"cases/{tier.id}.yaml": _CHILD_CASES,
        }
    return {path: _filled(text, words) for path, text in files.items()}


def _filled(text: str, words: Mapping[str, str]) -> str:
    return re.sub(r"__([A-Z_]+?)__", lambda match: words[match[1]], text)


def _parameter(name: str, parameter: Parameter) -> str:
    value = parameter.value if isinstance(parameter.value, str) else json.dumps(parameter.value, ensure_ascii=False)
    return f"#     {name}: {{value: {value}, reason: 市局通知要求}}  # {parameter.title or ''}".rstrip("# ")


def write_pack(folder: Path, files: Mapping[str, str]) -> list[Path]:
    """Write a new pack into a folder that must not be there yet.

    Raises:
        InputError: The folder exists; nothing is overwritten.
        OSError: It cannot be written.
    """
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        raise InputError([Problem("standards_cli.folder_there", {"folder": str(folder)}, Place(str(folder)))]) from None
    written = []
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written
