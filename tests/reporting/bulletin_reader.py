"""A reader of circulars that knows nothing of how they are made: every number in the text is read back and held against
what it counts itself in the results."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from plsp_audit.model.bulletin_letter import Letter, Passage
from plsp_audit.model.result import Result
from plsp_audit.model.standard import ResolvedStandard

TIERS = {"乡镇（街道）公共法律服务工作站": "station", "村（社区）公共法律服务工作室": "room"}
_TIER = "(" + "|".join(map(re.escape, TIERS)) + ")"
_DATE = r"(\d{4})年(\d+)月(\d+)日"
Where = Callable[[Result], bool]


def shown(value: Fraction, places: int = 2) -> str:
    """Round half up by another way than the program's, without trailing zeros."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    text = str(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))
    return text.rstrip("0").rstrip(".") if "." in text else text


def newest(results: Iterable[Result]) -> list[Result]:
    found: dict[str, Result] = {}
    for one in results:
        old = found.get(one.site.id)
        if old is None or (one.inspection.date, one.inspection.kind == "recheck", one.input_digest) > (
            old.inspection.date, old.inspection.kind == "recheck", old.input_digest
        ):  # fmt: skip
            found[one.site.id] = one
    return list(found.values())


class Reader:
    """Reads one circular. What it cannot explain, or what is wrong, fails."""

    def __init__(self, letter: Letter, results: Sequence[Result], standards: dict[str, ResolvedStandard],
                 date: str = "2018-12-21") -> None:  # fmt: skip
        self.letter, self.results, self.date = letter, newest(results), date
        self.standards = standards
        self.titles = {s.title.replace("(", "（").replace(")", "）"): s.id for s in standards.values()}
        self.tier: str | None = None
        self.city: str | None = None
        self.standard: str | None = None

    def read(self) -> None:
        """Hold every number of the body against the results."""
        section = ""
        for passage in self.letter.body:
            if passage.heading:
                section = passage.text
                self.tier = self.city = None
                continue
            left = self._read(section, passage)
            assert not re.search(r"\d", left), f"not explained: {left}\n{passage.text}"

    def of(self, *more: Where) -> list[Result]:
        """Give the results of which the text speaks."""
        return [
            r for r in self.results
            if (self.tier is None or r.site.tier == self.tier) and (self.city is None or r.site.city == self.city)
            and (self.standard is None or r.standard.id == self.standard) and all(one(r) for one in more)
        ]  # fmt: skip

    def _read(self, section: str, passage: Passage) -> str:
        text = passage.text
        lead = re.sub(r"^（.+?）|。$", "", passage.lead)
        self.standard = None
        if lead in TIERS:
            self.tier = TIERS[lead]
        elif lead and any(r.site.city == lead for r in self.results):
            self.city, self.tier = lead, None
        elif lead:
            self.tier = None
        kinds = {"": self._intro, "总体情况": self._overall, "各": self._overall, "主要做法": self._good,
                 "存在": self._bad, "下一步": self._demands}  # fmt: skip
        key = next(k for k in reversed(kinds) if section.partition("、")[2].startswith(k))
        return kinds[key](text)

    def eat(self, text: str, pattern: str, check: Callable[..., Any]) -> str:
        """Hold each match against its check; give the text without them."""

        def one(match: re.Match[str]) -> str:
            assert check(*match.groups()) is not False, f"wrong: {match[0]}"
            return "～"

        return re.sub(pattern, one, text)

    def _intro(self, text: str) -> str:
        days = sorted(r.inspection.date for r in self.results)
        if match := re.search(_DATE + "(?:至(?:(\\d{4})年)?(?:(\\d+)月)?(\\d+)日)?", text):
            year, month, day, *end = match.groups()
            last = (end[0] or year, end[1] or month, end[2] or day)
            told = [f"{int(y):04}-{int(m):02}-{int(d):02}" for y, m, d in ((year, month, day), last)]
            assert told == [days[0], days[-1]], match[0]
            text = text.replace(match[0], "～")
        teams = {(r.site.city, r.inspection.team) for r in self.results if r.inspection.team}
        text = self.eat(text, r"组织(\d+)个检查组", lambda n: int(n) == len(teams))
        text = re.sub("《[^》]*》", "", text)
        cities, counties = {r.site.city for r in self.results}, {(r.site.city, r.site.county) for r in self.results}
        parts = len(cities) if len(cities) > 1 else len(counties)
        text = self.eat(text, r"对全.(\d+)个", lambda n: int(n) == parts)
        return self._objects(text)

    def _objects(self, text: str) -> str:
        def right(count: str, tier: str, *_: str) -> bool:
            return int(count) == len([r for r in self.of() if r.site.tier == TIERS[tier]])

        text = self.eat(text, rf"从\d+个中抽取的(\d+)个{_TIER}", right)
        text = self.eat(text, rf"(\d+)个{_TIER}（其中抽查(\d+)个）", lambda n, t, k: right(n, t) and int(k) == len(
            [r for r in self.of() if r.site.tier == TIERS[t] and r.inspection.kind == "spot_check"]))  # fmt: skip
        return self.eat(text, rf"(\d+)个{_TIER}", right)

    def _overall(self, text: str) -> str:
        text = self.eat(text, r"组织(\d+)个检查组", lambda n: int(n) == len(
            {r.inspection.team for r in self.of() if r.inspection.team}))  # fmt: skip
        text = self.eat(text, r"提出整改事项(\d+)项，涉及(\d+)个场所", lambda n, s: (
            int(n) == sum(len(r.rectification or ()) for r in self.of())
            and int(s) == sum(bool(r.rectification) for r in self.of())))  # fmt: skip
        begins = list(re.finditer(
            rf"共..{_TIER}?(\d+)个|(?:抽取)?{_TIER}(?:执行《([^》]*)》的)?(\d+)个|执行《([^》]*)》的(\d+)个", text
        ))  # fmt: skip
        if not begins:
            return self._without_grade(text)
        left = self._without_grade(text[: begins[0].start()])
        for at, match in enumerate(begins):
            end = begins[at + 1].start() if at + 1 < len(begins) else len(text)
            tier, standard = match[1] or match[3], match[4] or match[6]
            self.standard = self.titles[standard] if standard else None
            if tier:
                self.tier = TIERS[tier]
            assert int(match[2] or match[5] or match[7]) == len(self.of()), match[0]
            left += self._counts(text[match.end() : end])
        self.standard = None
        return left

    def _counts(self, text: str) -> str:
        if "分别统计" in text:
            return text
        rated = [r for r in self.of() if r.status == "rated"]
        by_grade = Counter(r.grade.title for r in rated if r.grade)
        if "全部参加评定" in text:
            assert len(rated) == len(self.of())
        for word, status in (("暂不参评", "not_rated"), ("无法评分", "no_score")):
            if f"均{word}" in text:
                assert all(r.status == status for r in self.of())
        head, colon, units = text.partition("看：")
        units, _, rest = units.partition("。") if colon else ("", "", "")
        self._units(units)

        def grade(title: str, band: str | None, count: str, rate: str) -> bool:
            share = shown(Fraction(by_grade[title] * 100, len(rated)))
            return int(count) == by_grade[title] > 0 and rate == share and self._band(title, band)

        pattern = r"(?:评定为|得分属)“([^”]+)”(?:（([^）]+)）)?的(\d+)个，占(?:参评数的)?([\d.]+)%"
        told = {match[1] for match in re.finditer(pattern, head)}
        head = self.eat(head, pattern, grade)
        every = r"(\d+)个(?:均评定为|得分均属)“([^”]+)”(?:（([^）]+)）)?"
        told |= {match[2] for match in re.finditer(every, head)}
        head = self.eat(head, every, lambda n, t, b: int(n) == by_grade[t] == len(rated) and self._band(t, b))
        one = r"(?:评定为|得分属)“([^”]+)”(?:（([^）]+)）)?(?=。)"
        told |= {match[1] for match in re.finditer(one, head)}
        head = self.eat(head, one, lambda t, b: by_grade[t] == len(rated) == 1 and self._band(t, b))
        assert told == set(by_grade), f"grades told {told}, found {by_grade}"
        for none in re.findall("没有((?:“[^”]+”(?:或者)?)+)等次", head):
            assert not set(re.findall("“([^”]+)”", none)) & set(by_grade)
        head = re.sub("没有(?:“[^”]+”(?:或者)?)+等次", "", head)
        scores = [r.score.value for r in rated if r.score]
        head = self.eat(head, r"平均得分([\d.]+)分，最高([\d.]+)分，最低([\d.]+)分", lambda *n: list(n) == [
            shown(sum(scores, Fraction(0)) / len(scores)), shown(max(scores)), shown(min(scores))])  # fmt: skip
        head = self.eat(head, r"得分([\d.]+)分", lambda n: [n] == [shown(score) for score in scores])
        for word, status in (("参加评定", "rated"), ("暂不参评", "not_rated"), ("无法评分", "no_score")):
            many = len([r for r in self.of() if r.status == status])
            head = self.eat(head, rf"{word}(\d+)个", lambda n, many=many: int(n) == many)
        return self._without_grade(head) + self._without_grade(rest)

    def _band(self, title: str, band: str | None) -> bool:
        """Tell whether the band is that of the grade of this title, in some standard of the results in question."""
        fitting = []
        for sid in {r.standard.id for r in self.of()} & set(self.standards):
            grades = self.standards[sid].grades
            for at, grade in enumerate(grades):
                low, above = shown(grade.from_), shown(grades[at - 1].from_) if at else ""
                if grade.title == title:
                    fitting += [f"{low}分及以上"] if not at else [
                        f"{low}分及以上、不满{above}分" if low != "0" else f"不满{above}分"]  # fmt: skip
        return band in fitting if fitting else band is None

    def _units(self, text: str) -> None:
        told = set()
        alike = {r.status for r in self.of()}
        for item in filter(None, text.split("；" if "（" in text else "、")):
            match = re.fullmatch(r"(.+?)(\d+)个(?:（(.+)）)?", item)
            assert match, item
            here = self.of(lambda r, name=match[1]: (r.site.county or "未注明所属地区的") == name)  # type: ignore[misc]
            told.add(match[1])
            assert len(here) == int(match[2]), item
            words = {"not_rated": "暂不参评", "no_score": "无法评分"}
            want = Counter(f"“{r.grade.title}”" if r.grade else words[r.status] for r in here)
            if match[3] is None:
                assert len(alike) == 1, item
                assert "rated" not in alike, item
                continue
            if one := re.fullmatch("(均为)?(“[^”]+”)", match[3]):
                assert want == {one[2]: len(here)}, item
                assert (one[1] is None) == (len(here) == 1), item
                continue
            have = {name: int(count) for name, count in re.findall(r"(“[^”]+”|暂不参评|无法评分)(\d+)个", match[3])}
            assert have == dict(want), item
        if told:
            assert told == {r.site.county or "未注明所属地区的" for r in self.of()}

    def _without_grade(self, text: str) -> str:
        tier, standard, self.tier, self.standard = self.tier, self.standard, None, None
        text = self.eat(text, r"(?:暂不参评|无法评分)的有(\d+)个，名单见附件[23]", lambda n: int(n) > 20)
        self.tier, self.standard = tier, standard
        return text

    def _good(self, text: str) -> str:
        rated = [r for r in self.of() if r.status == "rated"]
        scores = {r.site.name: shown(r.score.value) for r in rated if r.score}
        text = re.sub("《[^》]*》", "", text)

        def best(name: str, points: str) -> bool:
            return any(name.endswith(site) and points == score for site, score in scores.items())

        text = self.eat(text, r"([^、。，的是]+)（([\d.]+)分）", best)

        def bonus(title: str, count: str) -> bool:
            return int(count) == sum(any(x.level == "bonus" and x.title == title and x.awarded > 0
                                         for x in r.rules or ()) for r in rated)  # fmt: skip

        def full(title: str, count: str) -> bool:
            return int(count) == sum(any(d.title == title and d.points > 0 and d.awarded == d.points
                                         for d in r.dimensions or ()) for r in rated)  # fmt: skip

        text = self.eat(text, r"因“([^”]+)”获得加分的有(\d+)个", bonus)
        text = self.eat(text, r"“([^”]+)”方面得满分的有(\d+)个", full)
        return re.sub("“[^”]*”", "", text)

    def _bad(self, text: str) -> str:
        rated = [r for r in self.of() if r.status == "rated"]

        def item(title: str, applicable: str, short: str, states: str, rate: str) -> bool:
            rules = [x for r in rated for x in r.rules or ()
                     if x.title == title and x.state not in ("not_applicable", "waived")]  # fmt: skip
            found = Counter(x.state for x in rules if x.state in ("fail", "partial"))
            told = {state: int(n) for state, n in re.findall(r"(部分达标|不达标)(\d+)个", states)}
            want = {"不达标": found["fail"], "部分达标": found["partial"]}
            return (
                int(applicable) == len(rules) and int(short) == found.total()
                and told == {state: n for state, n in want.items() if n}
                and rate == shown(Fraction(100 * found.total(), len(rules)))
            )  # fmt: skip

        among = r"“([^”]+)”，(\d+)个适用场所中有(\d+)个"
        text = self.eat(text, among + r"未达到要求（([^）]+、[^）]+)），占([\d.]+)%", item)
        text = self.eat(text, among + r"(?:仅)?(部分达标|不达标)，占([\d.]+)%",
                        lambda title, many, short, kind, rate: item(title, many, short, f"{kind}{short}个", rate))
        text = self.eat(text, r"“([^”]+)”，(\d+)个适用场所均(?:为)?(部分达标|不达标)", lambda title, many, kind: item(
            title, many, many, f"{kind}{many}个", "100"))  # fmt: skip
        every = r"“([^”]+)”，(\d+)个适用场所均未达到要求（([^）]+)）"
        text = self.eat(text, every, lambda title, many, kinds: item(title, many, many, kinds, "100"))
        text = text.replace("见附件2", "")
        capped, left = [r for r in rated if r.capped_by], [r for r in rated if r.complete is False]
        text = self.eat(text, r"有(\d+)个场所的等次受到限制", lambda n: int(n) == len(capped))
        text = self.eat(text, r"有(\d+)个场所的检查记录中尚有未查项目", lambda n: int(n) == len(left))

        def cap(count: str, title: str) -> bool:
            caps = [[x.title for x in [*(r.rules or ()), *(r.dimensions or ())] if x.id in (r.capped_by or ())]
                    for r in rated]  # fmt: skip
            return int(count) == sum(title in titles for titles in caps)

        text = self.eat(text, r"等(\d+)个场所因“([^”]+)”", cap)
        text = self.eat(text, r"等(\d+)个场所的等次有待", lambda n: int(n) == len(
            [r for r in rated if r.grade_low != r.grade_high]))  # fmt: skip
        return re.sub("“[^”]*”", "", text)

    def _demands(self, text: str) -> str:
        lines = [line for r in self.results for line in r.rectification or ()]
        text = self.eat(text, r"提出整改事项(\d+)项，涉及(\d+)个场所", lambda n, s: (
            int(n) == len(lines) and int(s) == sum(bool(r.rectification) for r in self.results)))  # fmt: skip
        for word, key in (("否决项", "veto"), ("必备项", "required"), ("建议项", "recommended")):
            many = len([line for line in lines if line.priority == key])
            text = self.eat(text, rf"{word}(\d+)项", lambda n, many=many: int(n) == many)
        if match := re.search("按[^，]+分，([^。]+)。", text):
            for name, count in re.findall(r"([^、]+?)(\d+)项", match[1]):
                here = [r for r in self.results if (r.site.county or "未注明所属地区的") == name]
                assert int(count) == sum(len(r.rectification or ()) for r in here), match[0]
            text = text.replace(match[0], "")
        due = sorted(line.due for line in lines if line.due)
        over = [day for day in due if day <= self.date]
        text = self.eat(text, r"(\d+)项整改期限(?:均已)?届满", lambda n: int(n) == len(over))

        def day(*parts: str) -> str:
            return f"{int(parts[0]):04}-{int(parts[1]):02}-{int(parts[2]):02}"

        text = self.eat(text, f"自{_DATE}起", lambda *d: day(*d) == min(x for x in due if x > self.date))
        text = self.eat(text, f"(?:超过|期限为){_DATE}", lambda *d: day(*d) == due[-1])
        text = self.eat(text, r"暂不参评的(\d+)个场所", lambda n: int(n) == len(
            [r for r in self.results if r.status == "not_rated"]))  # fmt: skip
        return self.eat(text, r"尚有未查项目的(\d+)个场所", lambda n: int(n) == len(
            [r for r in self.results if r.complete is False]))  # fmt: skip
