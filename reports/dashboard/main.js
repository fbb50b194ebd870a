// The page: what is chosen at the top, the sections below it, and one site in their place.

function cards(of, area) {
  var card = function (label, value, more) {
    return el("div", { class: "card" }, el("div", { class: "sub" }, label), el("b", {}, value),
      el("div", { class: "sub" }, more || ""));
  };
  var counts = [card(word("sites"), area[A_SITES], drawn(area)), card(word("rated"), area[A_RATED]),
    card(word("not_rated"), area[A_NOT_RATED])];
  if (area[A_NO_SCORE]) counts.push(card(word("no_score"), area[A_NO_SCORE]));
  return el("div", { class: "cards", id: "cards" }, counts,
    of.grades.map(function (grade, at) {
      return card(grade[1], area[A_GRADES][at], percent(rate(area[A_GRADES][at], area[A_RATED])));
    }),
    card(word("mean"), number(area[A_MEAN]), word("median") + " " + number(area[A_MEDIAN])));
}

function countyKeyOf(area) { return [area[A_PROVINCE], area[A_CITY], area[A_COUNTY]].join("/"); }

function groupLabel(of) { return of.title + (bands(of) ? "（" + bands(of) + "）" : ""); }

function bands(of) {
  return of.grades.map(function (grade, at) {
    var above = at ? of.grades[at - 1][2] : null;
    if (grade[2] === null || (grade[2] === 0 && above === null)) return grade[1];
    if (grade[2] === 0) return say("scope.last_band", { title: grade[1], above: number(above) });
    return say("scope.band", { title: grade[1], from_: number(grade[2]) });
  }).join(word("separator"));
}

function scopeControls() {
  var of = group();
  var tiers = [["-1", word("all")]].concat(of.tiers.map(function (tier, at) { return [String(at), tier]; }));
  var places = [["", word("all")]].concat(cities(of).map(function (area) {
    return [cityKey(area[A_PROVINCE], area[A_CITY]), cityName(of, area)];
  }));
  return el("div", { class: "controls scope" },
    head.groups.length < 2 ? null : choice(say("scope.group"), "by-group", head.groups.map(function (item, at) {
      return [String(at), groupLabel(item)];
    }), String(chosen.group), function (value) { choose({ group: Number(value), tier: -1, city: "", unit: "" }); }),
    tiers.length < 3 ? null : choice(say("scope.tier"), "by-tier", tiers, String(chosen.tier), function (value) {
      choose({ tier: Number(value) });
    }),
    places.length < 3 ? null : choice(say("scope.city"), "by-city", places, chosen.city, function (value) {
      choose({ city: value });
    }));
}

function choose(changes) {
  Object.keys(changes).forEach(function (key) { chosen[key] = changes[key]; });
  table.county = "";
  if (changes.group !== undefined) table.grade = "";
  table.rule = -1;
  overview();
  var asked = { group: "by-group", tier: "by-tier", city: "by-city", unit: "by-unit", measure: "by-measure" };
  var control = document.getElementById(asked[Object.keys(changes)[0]]);
  if (control) control.focus({ preventScroll: true });
}

function areaControls(of) {
  var places = cities(of).length > 1 && chosen.city === "";
  return el("div", { class: "controls" },
    !places ? null : choice(word("unit"), "by-unit", [["1", word("by_city")], ["2", word("by_county")]],
      String(unitLevel()), function (value) { choose({ unit: value }); }),
    choice(word("measure"), "by-measure", [["share", word("share")], ["count", word("count")], ["mean", word("mean")]],
      chosen.measure, function (value) { choose({ measure: value }); }));
}

function section(id, key, children) {
  return el("section", { id: id + "-section" }, el("h2", {}, say("heading." + key)), children);
}

function note(key, values) { return el("p", { class: "sub" }, say("note." + key, values)); }

function hint(key) { return el("p", { class: "sub hint" }, say("note." + key)); }

// The whole of the tier first, or tier by tier where all are shown.
function tierLines(of) {
  var lines = of.tiers.map(function (title, tier) { return [title, whole(of.areas, tier), false]; });
  if (chosen.tier >= 0) lines = [lines[chosen.tier]];
  else if (lines.length > 1) lines.push([word("total"), whole(of.areas, -1), true]);
  return lines.filter(function (line) { return line[1] !== null; });
}

function failedLines(of) {
  return of.failed.filter(function (line) { return chosen.tier < 0 || of.rules[line[0]][4] === chosen.tier; });
}

function failedTable(of, lines) {
  return grid([word("id"), word("rule"), word("dimension"), word("tier"), [word("failing"), "num"],
    [word("partial"), "num"], [word("not_checked"), "num"], [word("applicable"), "num"], [word("rate"), "num"],
    [word("points_lost"), "num"]], lines.map(function (line) {
    var rule = of.rules[line[0]];
    var link = el("button", { type: "button", class: "link", on: { click: function () { filterByRule(line[0]); } } },
      rule[1]);
    return [[rule[0], "id"], [head.has[0] ? link : rule[1], "wide"], (of.dims[rule[2]] || ["", ""])[1],
      of.tiers[rule[4]]].concat([line[1], line[2], line[3], line[4], percent(line[5]), number(line[6])]
      .map(function (value) { return [value, "num"]; }));
  }), "failed", say("heading.rules"));
}

function unscoredTable(of) {
  var without = rows.filter(function (row) { return row[STATUS] && inScope(row); });
  if (!without.length) return null;
  return section("unscored", "unscored", grid([word("name"), word("id"), word("tier"), word("city"), word("county"),
    word("status"), word("reason")], without.map(function (row) {
    return [siteLink(row), [row[ID], "id"], of.tiers[row[TIER]], name(row[CITY]), name(row[COUNTY]),
      head.statuses[row[STATUS]], [row[REASON], "wide"]];
  }), "unscored", say("heading.unscored")));
}

function overview() {
  var of = group(), area = whole(of.areas, chosen.tier);
  if (area === null) { choose({ tier: -1, city: "" }); return; }
  var compared = units(of.areas), failed = failedLines(of), top = failed.slice(0, 15);
  var hot = [whole(of.rates, chosen.tier)].concat(units(of.rates)).filter(Boolean);
  forgetCharts();
  fill(document.getElementById("overview"),
    el("div", { class: "sticky" }, scopeControls()),
    el("p", { class: "bands" }, of.title + word("colon") + say("scope.bands", { bands: bands(of) })),
    chosen.tier < 0 && chosen.city === "" ? null : el("p", { class: "bands", id: "chosen" }, [
      chosen.tier < 0 ? "" : of.tiers[chosen.tier], chosen.city === "" ? "" : cityName(of, area)].filter(Boolean)
      .join(word("separator"))),
    head.groups.length < 2 ? null : el("p", { class: "sub" }, say("scope.several", { count: head.groups.length })),
    cards(of, area),
    section("grades", "grades", [
      area[A_RATED] ? [note("denominator"), head.has[0] ? hint("click") : null,
        el("div", { id: "chart-grades", class: "chart" })] : note("nobody_rated"),
      figures(of, tierLines(of), word("tier"))]),
    area[A_RATED] ? section("areas", "areas", [areaControls(of),
      el("div", { class: "tall" }, el("div", { id: "chart-areas", class: "chart" })),
      el("details", {}, el("summary", {}, word("numbers")), figures(of, compared.map(function (unit) {
        return [areaName(of, unit), unit, false];
      }), word(unitLevel() === 1 ? "city" : "county")))]) : null,
    hot.length ? section("dimensions", "dimensions", [note("heat"), heatMap(of, hot)]) : null,
    failed.length ? section("rules", "rules", [note("rules"), head.has[0] ? hint("rules_click") : null, chosen.city === "" ? null : note("rules_scope"),
      el("div", { id: "chart-rules", class: "chart" }),
      el("details", {}, el("summary", {}, word("numbers")), failedTable(of, failed))]) : null,
    section("sites", "sites", head.has[0] ? [hint("sites"), note("ranks"), siteControls(), el("p", { id: "found", class: "sub", "aria-live": "polite" }),
      el("p", { id: "rule-filter" }),
      el("div", { id: "sites", class: "scroll", tabindex: "0", role: "region", "aria-label": say("heading.sites") }),
      el("p", { id: "cut", class: "sub" }), el("div", { id: "pages", class: "pages" }), note("marks")]
      : note("rows_left_out", { limit: head.limits[1] })),
    unscoredTable(of));
  if (head.has[0]) findSites();
  if (!area[A_RATED]) return;
  drawGrades(of, area, function (grade) { narrow({ grade: String(grade) }); });
  drawAreas(of, compared, function (unit) {
    if (unit[A_LEVEL] === 1) choose({ city: cityKey(unit[A_PROVINCE], unit[A_CITY]) });
    else narrow({ county: countyKeyOf(unit) });
  });
  if (top.length) drawFailed(of, top, filterByRule);
}

var scrolled = 0, shownSite = false;

function route() {
  var found = /^#site=(.+)$/.exec(location.hash);
  var page = document.getElementById("site"), all = document.getElementById("overview");
  if (found && !shownSite) scrolled = window.pageYOffset;
  all.hidden = Boolean(found);
  page.hidden = !found;
  if (found) {
    var id = found[1];
    try { id = decodeURIComponent(id); } catch (error) { /* it is no id of ours */ }
    showSite(id);
    window.scrollTo(0, 0);
  } else {
    resizeCharts();
    if (shownSite) window.scrollTo(0, scrolled);
  }
  shownSite = Boolean(found);
}

var resizing = 0;

function start() {
  if (!head.groups.length) {
    fill(document.getElementById("overview"), el("p", {}, say("scope.empty"))).hidden = false;
    return;
  }
  var dates = head.dates;
  document.getElementById("said").textContent += " · "
    + say(dates[0] === dates[1] ? "scope.date" : "scope.dates", { oldest: date(dates[0]), newest: date(dates[1]) });
  document.getElementById("overview").hidden = false;
  overview();
  route();
  window.addEventListener("hashchange", route);
  window.addEventListener("resize", function () {
    cancelAnimationFrame(resizing);
    resizing = requestAnimationFrame(function () { if (!document.getElementById("overview").hidden) resizeCharts(); });
  });
  window.addEventListener("beforeprint", function () { resizeCharts(690); if (head.has[0]) showSites(true); });
  window.addEventListener("afterprint", function () { resizeCharts(); if (head.has[0]) showSites(); });
  document.documentElement.setAttribute("data-ready", "");
}

try {
  start();
} catch (error) {
  var broken = document.getElementById("broken");
  broken.textContent = say("page.broken", { reason: error.message });
  broken.hidden = false;
  throw error;
}
