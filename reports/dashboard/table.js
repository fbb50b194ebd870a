// The table of sites: search, filters, sorting, pages.

var PAGE = 50, PRINTED = 1000;
var table = { text: "", county: "", grade: "", rule: -1, sort: "rank", down: false, page: 0, found: [], group: -1 };
var collator = new Intl.Collator(zh ? "zh-CN" : "en", { numeric: true });
var orders = new Map();

function folded(given) { return given.normalize("NFKC").toLowerCase(); }

function haystack(row) {
  if (row.hay === undefined) {
    row.hay = folded([row[ID], row[NAME], name(row[CITY]), name(row[COUNTY]), name(row[TOWN])].join(" "));
  }
  return row.hay;
}

// The place of each text in the order of the language, worked out once: comparing by language is slow.
function ordered(key, of) {
  if (!orders.has(key)) {
    var known = Array.from(new Set(rows.map(of))).sort(collator.compare);
    orders.set(key, new Map(known.map(function (item, at) { return [item, at]; })));
  }
  var places = orders.get(key);
  return function (row) { return places.get(of(row)); };
}

function nameAt(at) { return function (row) { return name(row[at]); }; }

function shortOf(row) { return row[FAILS].length + row[PARTS].length; }

function gradeOrder(row) { return row[STATUS] ? 100 + row[STATUS] : row[GRADE]; }

function gradeText(of, row) { return row[STATUS] ? head.statuses[row[STATUS]] : of.grades[row[GRADE]][1]; }

function marks(row) { return (row[MARKS] & CAPPED ? " ▲" : "") + (row[MARKS] & OPEN ? " ◇" : ""); }

// Ranks run within a tier, so that tiers stay together.
function rankOrder(row) { return row[RANK] === null ? null : row[TIER] * 1e7 + row[RANK]; }

function coverageOf(row) { return rate(row[CHECKED], row[APPLICABLE]); }

function columns() {
  var several = group().tiers.length > 1 && chosen.tier < 0;
  return [
    { key: "rank", head: word("rank"), cls: "num", by: rankOrder,
      cell: function (row) { return row[RANK] === null ? word("none") : row[RANK]; } },
    { key: "name", head: word("name"), by: ordered("name", function (row) { return row[NAME]; }), cell: siteLink },
    several ? { key: "tier", head: word("tier"), by: function (row) { return row[TIER]; },
      cell: function (of, row) { return of.tiers[row[TIER]]; }, withGroup: true, cls: "tier" } : null,
    { key: "city", head: word("city"), by: ordered("city", nameAt(CITY)), cell: nameAt(CITY) },
    { key: "county", head: word("county"), by: ordered("county", nameAt(COUNTY)), cell: nameAt(COUNTY) },
    { key: "score", head: word("score"), cls: "num", by: function (row) { return row[SCORE]; }, down: true,
      cell: function (row) { return number(row[SCORE]); } },
    { key: "grade", head: word("grade"), by: gradeOrder, cell: gradeCell, withGroup: true },
    { key: "coverage", head: word("coverage"), cls: "num", by: coverageOf,
      cell: function (row) { return percent(coverageOf(row)); } },
    { key: "short", head: word("short"), cls: "num", down: true,
      by: function (row) { return row[STATUS] ? null : shortOf(row); },
      cell: function (row) { return row[STATUS] ? word("none") : shortOf(row); } },
    { key: "date", head: word("date"), by: nameAt(DATE), cell: nameAt(DATE), cls: "num" }
  ].filter(Boolean);
}

function siteLink(row) { return el("a", { href: "#site=" + encodeURIComponent(row[ID]) }, row[NAME]); }

function gradeCell(of, row) {
  var dot = el("i", { class: "dot" });
  dot.style.backgroundColor = row[STATUS] ? "#b9bec4" : gradeColour(of, row[GRADE]);
  return el("span", {}, dot, gradeText(of, row) + marks(row));
}

function inScope(row) {
  return row[GROUP] === chosen.group && (chosen.tier < 0 || row[TIER] === chosen.tier) && inCity(row, PROVINCE, CITY);
}

function countyKey(row) { return row[PROVINCE] + "/" + row[CITY] + "/" + row[COUNTY]; }

function fits(row, words) {
  if (!inScope(row)) return false;
  if (table.county !== "" && countyKey(row) !== table.county) return false;
  if (table.grade !== "" && String(gradeOrder(row)) !== table.grade) return false;
  if (table.rule >= 0 && row[FAILS].indexOf(table.rule) < 0 && row[PARTS].indexOf(table.rule) < 0) return false;
  return words.every(function (item) { return haystack(row).indexOf(item) >= 0; });
}

// Sites without a value come last whichever way the rest is sorted; equals stay in the order of rank and id.
function sortFound() {
  var column = columns().filter(function (item) { return item.key === table.sort; })[0] || columns()[0];
  var sign = table.down ? -1 : 1;
  var keyed = table.found.map(function (row) { return { row: row, key: column.by(row) }; });
  keyed.sort(function (a, b) {
    if (a.key === null || b.key === null) {
      if (a.key !== b.key) return a.key === null ? 1 : -1;
    } else if (a.key !== b.key) return (a.key < b.key ? -1 : 1) * sign;
    return a.row[TIER] - b.row[TIER] || (a.row[RANK] || 1e9) - (b.row[RANK] || 1e9) || a.row.at - b.row.at;
  });
  table.found = keyed.map(function (item) { return item.row; });
}

function findSites() {
  var words = folded(table.text).split(/\s+/).filter(Boolean);
  table.found = rows.filter(function (row) { return fits(row, words); });
  sortFound();
  table.page = 0;
  showSites();
}

function sortBy(column) {
  if (table.sort === column.key) table.down = !table.down;
  else { table.sort = column.key; table.down = Boolean(column.down); }
  sortFound();
  table.page = 0;
  showSites();
}

function headCell(column, printing) {
  if (printing) return el("th", { scope: "col", class: column.cls }, column.head);
  var active = table.sort === column.key;
  var direction = active ? (table.down ? "descending" : "ascending") : "none";
  var button = el("button", { type: "button", class: "sort", "data-sort": column.key,
    on: { click: function () { sortBy(column); focusSort(column.key); } } },
    column.head, el("span", { class: "arrow", "aria-hidden": "true" }, active ? (table.down ? " ▼" : " ▲") : ""));
  return el("th", { scope: "col", class: column.cls, "aria-sort": direction }, button);
}

function focusSort(key) {
  var button = document.querySelector('#sites [data-sort="' + key + '"]');
  if (button) button.focus({ preventScroll: true });
}

function siteRow(of, shown, row) {
  return el("tr", { "data-id": row[ID] }, shown.map(function (column) {
    return el("td", { class: column.cls }, column.withGroup ? column.cell(of, row) : column.cell(row));
  }));
}

function showSites(printing) {
  var of = group(), shown = columns();
  var pages = Math.max(1, Math.ceil(table.found.length / PAGE));
  table.page = Math.max(0, Math.min(table.page, pages - 1));
  var from = printing ? 0 : table.page * PAGE, to = printing ? PRINTED : from + PAGE;
  fill(document.getElementById("sites"),
    el("table", { class: "sites" },
      el("thead", {}, el("tr", {}, shown.map(function (column) { return headCell(column, printing); }))),
      el("tbody", {}, table.found.slice(from, to).map(function (row) { return siteRow(of, shown, row); }))),
    table.found.length ? null : el("p", { class: "sub" }, word("nothing")));
  var total = rows.filter(function (row) { return inScope(row); }).length;
  var filters = filtersSaid(of);
  fill(document.getElementById("found"), say("word.found", { count: table.found.length, total: total })
    + (filters.length ? word("colon") + filters.join(word("semicolon")) : ""));
  fill(document.getElementById("cut"),
    printing && table.found.length > PRINTED ? say("note.print_cut", { count: PRINTED, total: table.found.length }) : "");
  fill(document.getElementById("pages"), pages < 2 ? null : [
    step("previous", table.page > 0, -1), el("span", {}, say("word.page", { page: table.page + 1, pages: pages })),
    step("next", table.page < pages - 1, 1)]);
  showRuleFilter(of);
}

// The filters in words, since the controls are not printed.
function filtersSaid(of) {
  var option = function (id) { var select = document.getElementById(id); return select.options[select.selectedIndex].text; };
  var rule = of.rules[table.rule];
  return [[word("search"), table.text], [word("county"), table.county && option("by-county")],
    [word("grade"), table.grade && option("by-grade")], [word("rule"), rule ? rule[0] : ""]]
    .filter(function (pair) { return pair[1]; }).map(function (pair) { return pair[0] + " " + pair[1]; });
}

function step(key, able, by) {
  return el("button", { type: "button", id: "page-" + key, disabled: !able, on: { click: function () {
    table.page += by;
    showSites();
    var again = document.getElementById("page-" + key);
    if (again && !again.disabled) again.focus({ preventScroll: true });
    document.getElementById("sites").scrollIntoView({ block: "nearest" });
  } } }, word(key));
}

function showRuleFilter(of) {
  var rule = of.rules[table.rule];
  fill(document.getElementById("rule-filter"), table.rule < 0 ? null : [
    el("span", {}, say("word.rule_filter", { rule: rule[0] + " " + rule[1] }) + " "),
    el("button", { type: "button", on: { click: function () { table.rule = -1; findSites(); } } }, word("remove"))]);
}

// What is clicked in a chart narrows the table.
function narrow(changes) {
  if (!head.has[0]) return;
  Object.keys(changes).forEach(function (key) { table[key] = changes[key]; });
  document.getElementById("by-county").value = table.county;
  document.getElementById("by-grade").value = table.grade;
  findSites();
  document.getElementById("sites-section").scrollIntoView();
}

function filterByRule(rule) { narrow({ rule: rule }); }

function countyOptions() {
  var known = new Map();
  rows.forEach(function (row) { if (inScope(row)) known.set(countyKey(row), row); });
  var several = chosen.city === "" && cities(group()).length > 1;
  var label = function (row) { return (several ? placeName(row[CITY]) : "") + placeName(row[COUNTY]); };
  return [["", word("all")]].concat(Array.from(known.keys()).map(function (key) {
    return [key, label(known.get(key))];
  }).sort(function (a, b) { return collator.compare(a[1], b[1]); }));
}

function gradeOptions() {
  var of = group();
  return [["", word("all")]].concat(of.grades.map(function (grade, at) { return [String(at), grade[1]]; }))
    .concat([1, 2].map(function (status) { return [String(100 + status), head.statuses[status]]; }));
}

function siteControls() {
  var waiting = 0;
  var search = el("input", { type: "search", id: "search", placeholder: word("search_hint"), autocomplete: "off",
    on: { input: function () {
      clearTimeout(waiting);
      waiting = setTimeout(function () { table.text = search.value; findSites(); }, rows.length > 20000 ? 250 : 60);
    } } });
  search.value = table.text;
  return el("div", { class: "controls" },
    el("label", { class: "field" }, el("span", {}, word("search")), search),
    choice(word("county"), "by-county", countyOptions(), table.county, function (value) {
      table.county = value;
      findSites();
    }),
    choice(word("grade"), "by-grade", gradeOptions(), table.grade, function (value) {
      table.grade = value;
      findSites();
    }),
    el("button", { type: "button", id: "clear", on: { click: clearFilters } }, word("clear")));
}

function clearFilters() {
  table.text = table.county = table.grade = "";
  table.rule = -1;
  ["search", "by-county", "by-grade"].forEach(function (id) { document.getElementById(id).value = ""; });
  findSites();
}
