"""Write examples/ningxia-2018: inspections that come to every count of Ningxia's acceptance bulletin of 2018-12-21.

What the bulletin says is kept: how many sites each city has and in which grades, which four were not rated and why,
how many rooms were drawn, how each city went about it. Everything else is made up with a fixed seed: towns and villages
are called after the sixty-year cycle and the solar terms, counties that the bulletin does not name 甲区, 乙县 …, and
what was found on site is drawn from ningxia-2018.yaml beside this file, so that the points lost come to the score that
was wanted. The same bytes every time.

usage: python scripts/make_ningxia_batch.py [FOLDER]
"""

from __future__ import annotations

import csv
import io
import json
import random
import sys
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
SEED = 20181221
PROVINCE = "宁夏回族自治区"
REGISTER = "shizuishan-rooms-2018"
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
CYCLE = [STEMS[n % 10] + BRANCHES[n % 12] for n in range(60)]
TERMS = (
    "立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "小满", "芒种", "夏至", "小暑", "大暑",
    "立秋", "处暑", "白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪", "冬至", "小寒", "大寒",
)  # fmt: skip
TIERS = {"station": "工作站", "room": "工作室"}
README = """# 宁夏2018年验收（示例）

由 scripts/make_ningxia_batch.py 生成，不要手改。怎样运行见 docs/batch.zh-CN.md。

出自2018年12月21日验收通报的：

- 各市工作站数和各等次数，石嘴山市分县区的数，四个暂不参评的工作站及原因；
- 银川市抽查12个工作室的等次，石嘴山市抽查49个工作室；
- 各市的分组和检查方式，灵武市统一的做法。

虚构的：

- 除上述四个以外的所有场所、乡镇、村(社区)，查到的情况和得分；
- 通报没有点名的县区(甲区、乙县……)，以及通报没有分县区的数怎样分到各县区。

通报没有公布石嘴山市49个工作室的评分，这里只登记到场验收，不编分数：
按 shizuishan-rooms-2018 登记，结果都是“无法评分”。通报没有吴忠市，这里也没有。

# Ningxia's acceptance of 2018 (example)

Written by scripts/make_ningxia_batch.py, not to be edited by hand. How to run it: docs/batch.md.

From the bulletin of 2018-12-21: how many stations each city has and in which grades, Shizuishan's by county, the four
that were not rated and why; the grades of the 12 rooms that Yinchuan sampled, and that Shizuishan sampled 49; the
groups and methods of each city, and what all of Lingwu has in common.

Made up: all sites but those four, towns and villages, what was found there and the scores; the counties that the
bulletin does not name (甲区, 乙县 ...), and how numbers that it does not give by county are spread over the counties.

No score of Shizuishan's 49 rooms was published, so none is made up: they are registered under shizuishan-rooms-2018,
and have no score. Wuzhong is not in the bulletin, and not here.
"""

Given = dict[str, Any]


def lacking(whole: Any, gone: list[str]) -> Any:
    """Give a list, a list of windows, or counts without some members."""
    if isinstance(whole, dict):
        return {key: value for key, value in whole.items() if key not in gone}
    return [item for item in whole if (item["窗口服务"] if isinstance(item, dict) else item) not in gone]


def changed(found: Given, changes: Given) -> Given:
    """Give what was found with changes made to it."""
    cut = {
        key: lacking(found[key], new["缺"]) if isinstance(new, dict) and "缺" in new else new
        for key, new in changes.items()
    }
    return {**found, **cut}


class County:
    """Draws the inspections of one county."""

    def __init__(self, plan: Given, city: Given, county: Given, seed: int) -> None:
        self.plan, self.city, self.county = plan, city, county
        self.dice = random.Random(f"{seed}/{county['id']}")
        self.begin = self.dice.randrange(60)
        self.kept = set(county.get("everywhere", ()))
        # What is common in one county is rare in the next.
        self.often = {tier: [often * self.dice.choice((0.3, 1, 1, 3)) for _, often, _ in plan["tiers"][tier]["slips"]]
                      for tier in TIERS}  # fmt: skip
        self.days = self._days()

    def _days(self) -> Iterator[date]:
        """Give one working day after another, each for three to five sites."""
        day = date(2018, 10, 8) + timedelta(self.dice.randrange(44))
        while True:
            if day.weekday() < 5:
                yield from [day] * self.dice.randrange(3, 6)
            day += timedelta(1)

    def sites(self) -> Iterator[Given]:
        """Give stations and then rooms, in the order of their ids."""
        suffixes = ("街道", "街道", "镇") if self.county["name"].endswith("区") else ("镇", "镇", "乡")
        towns = [CYCLE[(self.begin + n) % 60] + self.dice.choice(suffixes) for n in range(30)]
        bands = self._bands("stations")
        self.dice.shuffle(bands)
        for number, band in enumerate(bands, start=1):
            yield self._rated("station", f"{number:02}", band, towns[number])
        for number, (town, reason) in enumerate(self.county.get("not_rated", {}).items(), start=len(bands) + 1):
            yield {**self._head("station", f"{number:02}", town, None), "暂不参评": reason}
        for number, band in enumerate(self._bands("rooms"), start=1):
            village = TERMS[(self.begin + 5 * number) % 24] + self.dice.choice(("村", "社区"))
            yield self._rated("room", f"r{number:02}", band, towns[number], village)

    def registered(self) -> Iterator[list[str]]:
        """Give a line for every room that was visited and of which no score was published."""
        for number in range(self.county.get("registered", 0)):
            village = TERMS[(self.begin + number) % 24] + "村"
            town = CYCLE[(self.begin + number // 2) % 60] + "镇"
            place = [PROVINCE, self.city["name"], self.county["name"], town, village]
            site = [f"{self.county['id']}-r{number + 1:02}", f"{village}公共法律服务工作室", "工作室", REGISTER, *place]
            visit = [next(self.days).isoformat(), "抽查", "、".join(self.city["methods"])]
            yield [*site, *visit, "村(居)委会办公场所"]

    def _bands(self, what: str) -> list[str]:
        return [band for band, count in self.county.get(what, {}).items() for _ in range(count)]

    def _head(self, tier: str, number: str, town: str, village: str | None) -> Given:
        name = f"{village or self.county['name'] + town}公共法律服务{TIERS[tier]}"
        site = {"编号": f"{self.county['id']}-{number}", "名称": name, "层级": TIERS[tier], "省": PROVINCE,
                "市": self.city["name"], "县": self.county["name"], "乡镇": town}  # fmt: skip
        visit: Given = {"日期": next(self.days).isoformat(), "类型": "抽查" if tier == "room" else "验收"}
        if groups := self.city.get("groups"):
            visit["组别"] = self.dice.choice(groups)
        visit |= {"检查人员": ["某丁", "某戊"], "检查方式": self.city["methods"]}
        return {
            "plsp": "site/1",
            "场所": site | ({"村": village} if village else {}),
            "标准": self.city["standard"],
            "检查": visit,
        }

    def _rated(self, tier: str, number: str, band: str, town: str, village: str | None = None) -> Given:
        head = self._head(tier, number, town, village)
        low, high = self.plan["tiers"][tier]["area"]
        seen = {
            "启用日期": f"2018-{self.dice.randrange(3, 10):02}",
            "场所面积": self.dice.randrange(low, high),
            "标牌文字": f"{village or town}公共法律服务{TIERS[tier]}",
        }
        found = self._found(tier, band)
        judged = {key: found.pop(key) for key in self.plan["tiers"][tier]["judgements"]}
        return {**head, "检查情况": seen | found, "评分": judged}

    def _found(self, tier: str, band: str) -> Given:
        """Draw what was found at a site, so that its score lies in a band."""
        given, dice = self.plan["tiers"][tier], self.dice
        found, score = given["facts"] | given["judgements"], Fraction(100)
        for worth, changes in given["bonuses"]:
            if dice.random() < 0.15 or self.kept & set(changes):
                found |= changes
                score += Fraction(worth)
        low, high = map(Fraction, self.plan["bands"][band])
        wanted = low + (high - low) * Fraction(dice.randrange(101), 100)
        done = set(self.kept)
        drawn = zip((dice.random() ** (1 / often) for often in self.often[tier]), given["slips"], strict=True)
        for _, (costs, _, changes) in sorted(drawn, key=lambda pair: -pair[0]):
            after = score - Fraction(costs)
            if score > wanted and after >= low and not done & set(changes):
                score, found = after, changed(found, changes)
                done |= set(changes)
        if not low <= score <= high:
            raise ValueError(f"{self.county['name']}: {score} is no score from {low} to {high}")
        return found


def flow(value: Any) -> str:
    """Give a value as YAML in one line."""
    if isinstance(value, list):
        return f"[{', '.join(map(flow, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {flow(item)}' for key, item in value.items())}}}"
    return str(value)


def yaml_text(site: Given) -> str:
    """Give an inspection as an inspector would write it: a line for every fact, a line for every row."""
    lines = []
    for key, value in site.items():
        if key == "检查情况":
            lines += [f"{key}:", *(line for label, item in value.items() for line in fact_lines(label, item))]
        else:
            lines.append(f"{key}: {flow(value)}")
    return "\n".join(lines) + "\n"


def fact_lines(label: str, value: Any) -> Iterator[str]:
    if isinstance(value, list) and isinstance(value[0], dict):
        yield f"  {label}:"
        yield from (f"    - {flow(row)}" for row in value)
    else:
        yield f"  {label}: {flow(value)}"


def register(rows: Iterable[list[str]]) -> bytes:
    """Give the table of rooms that were only registered, with the mark by which Excel and WPS know UTF-8."""
    file = io.StringIO()
    table = csv.writer(file, lineterminator="\n")
    head = ("编号", "名称", "层级", "标准", "省", "市", "县", "乡镇", "村", "日期", "类型", "检查方式", "依托方式")
    table.writerows([head, *rows])
    return file.getvalue().encode("utf-8-sig")


def files(seed: int = SEED) -> dict[str, bytes]:
    """Give every file of the example by its path below the folder."""
    plan = yaml.safe_load((HERE / "ningxia-2018.yaml").read_bytes())
    found = {"README.md": README.encode()}
    for city in plan["cities"]:
        rooms: list[list[str]] = []
        for given in city["counties"]:
            county = County(plan, city, given, seed)
            made = list(county.sites())
            place = f"{city['name']}/{given['name']}"
            if city.get("form") == "jsonl":
                lines = (json.dumps(site, ensure_ascii=False, separators=(",", ":")) for site in made)
                found[f"{place}.jsonl"] = "".join(f"{line}\n" for line in lines).encode()
            else:
                found |= {f"{place}/{site['场所']['编号']}.yaml": yaml_text(site).encode() for site in made}
            rooms += county.registered()
        if rooms:
            found[f"{city['name']}/工作室抽查登记.csv"] = register(rooms)
    return found


def main(folder: Path) -> None:
    for name, content in files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent / "examples" / "ningxia-2018")
