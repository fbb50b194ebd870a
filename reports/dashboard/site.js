// One site: what it got, what it lacks, and what is to be done.

var FAIL = 0, PARTIAL = 1, NOT_CHECKED = 2, WAIVED = 3;

function showSite(id) {
  var row = rowById.get(id);
  var page = document.getElementById("site");
  if (!row) {
    fill(page, siteBar(null), el("p", { class: "warn" }, say("site.not_found", { id: id })));
    return;
  }
  var of = head.groups[row[GROUP]], detail = detailOf(row);
  fill(page, siteBar(row), el("h2", { class: "site-name" }, row[NAME]), facts(of, row, detail), outcome(of, row, detail),
    detail === null ? el("p", { class: "sub" }, say("note.details_left_out", { limit: head.limits[0] }))
      : row[STATUS] === 1 ? null
        : [dimensions(of, detail), defects(of, detail), rectification(of, detail), others(of, detail)]);
  page.focus({ preventScroll: true });
}

function siteBar(row) {
  var at = row === null ? -1 : table.found.indexOf(row);
  var link = function (other, key) {
    return other ? el("a", { href: "#site=" + encodeURIComponent(other[ID]), id: "site-" + key }, say("site." + key))
      : null;
  };
  return el("nav", { class: "bar" }, el("a", { href: "#", id: "back" }, "← " + say("site.back")),
    at < 0 ? null : link(table.found[at - 1], "previous"), at < 0 ? null : link(table.found[at + 1], "next"));
}

function facts(of, row, detail) {
  var place = [PROVINCE, CITY, COUNTY, TOWN].map(function (at) { return name(row[at]); }).filter(Boolean);
  var line = function (key, value) { return value ? [el("dt", {}, key), el("dd", {}, value)] : null; };
  return el("dl", { class: "facts" }, line(word("id"), row[ID]), line(word("tier"), of.tiers[row[TIER]]),
    line(say("site.place"), place.join(zh ? "" : ", ")), line(say("site.standard"), of.title),
    line(say("site.inspected"), date(name(row[DATE])) + " " + head.kinds[row[KIND]]),
    line(say("site.team"), detail === null ? "" : text(detail[0][6])));
}

function outcome(of, row, detail) {
  var said = [];
  if (row[STATUS]) said.push(row[REASON]);
  else {
    if (row[ROUNDED] !== row[SCORE]) said.push(say("site.rounded", { points: number(row[ROUNDED]) }));
    if (row[RANK] !== null) said.push(word("rank") + " " + row[RANK]);
  }
  if (row[APPLICABLE]) {
    said.push(word("coverage") + " " + percent(coverageOf(row)) + word("colon")
      + say("site.checked", { checked: row[CHECKED], applicable: row[APPLICABLE] }));
  }
  if (detail !== null && row[STATUS] === 0) said = said.concat(limitsOf(of, detail));
  var grade = row[STATUS] ? head.statuses[row[STATUS]] : of.grades[row[GRADE]][1];
  var badge = el("b", { class: "grade" }, grade);
  badge.style.borderColor = row[STATUS] ? "#b9bec4" : gradeColour(of, row[GRADE]);
  return el("section", { class: "outcome" },
    el("p", {}, row[SCORE] === null ? null : [el("span", { class: "sub" }, word("score")),
      el("b", { class: "big" }, number(row[SCORE]))], badge),
    el("ul", {}, said.filter(Boolean).map(function (line) { return el("li", {}, line); })));
}

function limitsOf(of, detail) {
  var first = detail[0], said = [];
  if (first[0] !== first[1]) said.push(say("site.bounds", { low: number(first[0]), high: number(first[1]) }));
  if (first[2] !== first[3]) said.push(say("site.grades", { low: of.grades[first[2]][1], high: of.grades[first[3]][1] }));
  if (detail[1].length) said.push(say("site.capped", { items: detail[1].map(text).join(word("separator")) }));
  if (first[4]) said.push(say("site.bonus", { points: number(first[4]) }));
  if (first[5]) said.push(say("site.penalty", { points: number(first[5]) }));
  var states = head.states.map(function (state, at) { return detail[3][at] ? state[1] + " " + detail[3][at] : null; });
  said.push(say("site.states", { states: states.filter(Boolean).join(word("separator")) }));
  return said;
}

function dimensions(of, detail) {
  if (!detail[2].length) return null;
  return el("section", {}, el("h3", {}, say("site.dimensions")),
    grid([word("dimension"), [say("site.points"), "num"], [say("site.awarded"), "num"], [say("site.rate"), "num"], ""],
      detail[2].map(function (line) {
        var share = line[5] === null ? null : Math.round(line[5] * 10000) / 100;
        var bar = el("span", { class: "bar-fill" });
        bar.style.width = Math.max(0, Math.min(100, share || 0)) + "%";
        var bounds = line[3] === line[4] ? null
          : el("span", { class: "sub" }, " " + say("site.possible", { low: number(line[3]), high: number(line[4]) }));
        return [(of.dims[line[0]] || ["", ""])[1], [number(line[1]), "num"], [[number(line[2]), bounds], "num"],
          [percent(share), "num"], [el("span", { class: "bar-box" }, bar), "bar-cell"]];
      }), "dims", say("site.dimensions")));
}

function ruleLines(of, detail, wanted, points) {
  return detail[4].filter(function (line) { return wanted.indexOf(line[1]) >= 0; }).map(function (line) {
    var rule = of.rules[line[0]], note = text(line[7]);
    var got = points ? number(line[3]) + (line[2] ? " / " + number(line[2]) : "") : number(line[2]);
    return [[rule[0], "id"],
      [[el("div", {}, rule[1]), el("div", { class: "sub" }, (of.dims[rule[2]] || ["", ""])[1] + " · " + head.levels[rule[3]]),
        note ? el("div", { class: "sub" }, say("site.note") + word("colon") + note) : null], "wide"],
      [head.states[line[1]][1], "state-" + head.states[line[1]][0]], [got, "num"],
      [text(line[6]), "wide"], [text(line[4]), "wide"], [text(line[5]), "wide sub"]];
  });
}

function ruleHeads(points) {
  return [word("id"), word("rule"), say("site.state"), [say(points ? "site.awarded" : "site.points"), "num"],
    say("site.reason"), say("site.observed"), say("site.required")];
}

function defects(of, detail) {
  var lines = ruleLines(of, detail, [FAIL, PARTIAL], true);
  return el("section", {}, el("h3", {}, say("site.failed")),
    lines.length ? grid(ruleHeads(true), lines, "rules", say("site.failed"))
      : el("p", { class: "sub" }, say("site.none_failed")));
}

function others(of, detail) {
  return [["open", NOT_CHECKED], ["waived", WAIVED]].map(function (pair) {
    var lines = ruleLines(of, detail, [pair[1]], false);
    return lines.length ? el("section", {}, el("h3", {}, say("site." + pair[0])),
      grid(ruleHeads(false), lines, "rules", say("site." + pair[0]))) : null;
  });
}

function rectification(of, detail) {
  var lines = detail[5].map(function (line, at) {
    var rule = of.rules[line[0]] || ["", "", -1];
    return [[at + 1, "num"], [rule[0], "id"], [text(line[1]), "wide"],
      [[el("div", {}, text(line[2])), el("div", { class: "sub" }, text(line[3]))], "wide"],
      [number(line[4]), "num"], head.priorities[line[5]], text(line[6]) || word("none"), text(line[7])];
  });
  return el("section", {}, el("h3", {}, say("site.rectification")),
    lines.length ? grid(["", word("id"), say("site.problem"), say("site.remedy"), [say("site.lost"), "num"],
      say("site.priority"), say("site.due"), say("site.owner")], lines, "rules", say("site.rectification"))
      : el("p", { class: "sub" }, say("site.none_rectification")));
}
