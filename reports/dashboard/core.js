// Data, words, numbers and elements. Text from files only ever becomes text nodes.

function parsed(id) {
  var node = document.getElementById(id);
  return node ? JSON.parse(node.textContent) : null;
}

var head = parsed("data");
var zh = head.lang === "zh";

// A row of the table, by the places of its values.
var GROUP = 0, ID = 1, NAME = 2, TIER = 3, PROVINCE = 4, CITY = 5, COUNTY = 6, TOWN = 7, STATUS = 8, SCORE = 9,
  ROUNDED = 10, GRADE = 11, RANK = 12, CHECKED = 13, APPLICABLE = 14, MARKS = 15, DATE = 16, KIND = 17,
  FAILS = 18, PARTS = 19, REASON = 20;
var CAPPED = 1, OPEN = 2;

var rows = parsed("rows");
var rowById = new Map();
rows.forEach(function (row, at) { row.at = at; rowById.set(row[ID], row); });

var texts = null;
var chunks = new Map();

function text(number) {
  if (texts === null) texts = parsed("texts");
  return number < 0 ? "" : texts[number];
}

function detailOf(row) {
  if (!head.has[1]) return null;
  var number = Math.floor(row.at / head.chunk);
  if (!chunks.has(number)) chunks.set(number, parsed("details-" + number));
  return chunks.get(number)[row.at % head.chunk];
}

function name(number) { return number < 0 ? "" : head.names[number]; }

function say(key, values) {
  var found = head.words;
  key.split(".").forEach(function (part) { found = found[part]; });
  return found.replace(/\{(\w+)\}/g, function (_, word) { return values[word]; });
}

function word(key) { return say("word." + key); }

// Numbers have at most 4 decimals; they are shown with 2, half up, as on paper.
function number(value) {
  if (value === null || value === undefined) return word("none");
  var units = Math.round(Math.abs(value) * 10000);
  var hundredths = Math.floor((units + 50) / 100);
  var whole = Math.floor(hundredths / 100), rest = String(hundredths % 100);
  var shown = whole + (rest === "0" ? "" : "." + (rest.length < 2 ? "0" + rest : rest).replace(/0$/, ""));
  return value < 0 && hundredths ? "-" + shown : shown;
}

// A rate from whole counts, in per cent with 2 decimals; null where there is nothing to count.
function rate(part, whole) { return whole ? Math.floor((part * 20000 + whole) / (2 * whole)) / 100 : null; }

function percent(value) { return value === null ? word("none") : number(value) + "%"; }

function date(iso) {
  var found = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(iso);
  if (!zh || !found) return iso;
  return found[1] + "年" + Number(found[2]) + "月" + (found[3] ? Number(found[3]) + "日" : "");
}

// el("td", {class: "num", on: {click: f}}, "text", other, [more])
function el(tag, given) {
  var node = document.createElement(tag);
  Object.keys(given || {}).forEach(function (key) {
    var value = given[key];
    if (value === null || value === false) return;
    if (key === "on") Object.keys(value).forEach(function (event) { node.addEventListener(event, value[event]); });
    else node.setAttribute(key, value === true ? "" : value);
  });
  add(node, Array.prototype.slice.call(arguments, 2));
  return node;
}

function add(node, children) {
  children.forEach(function (child) {
    if (child === null || child === undefined) return;
    if (Array.isArray(child)) add(node, child);
    else node.appendChild(child.nodeType ? child : document.createTextNode(String(child)));
  });
}

function fill(node) {
  node.textContent = "";
  add(node, Array.prototype.slice.call(arguments, 1));
  return node;
}

function choice(label, id, options, value, changed) {
  var select = el("select", { id: id, on: { change: function () { changed(select.value); } } },
    options.map(function (option) { return el("option", { value: option[0] }, option[1]); }));
  select.value = value;
  return el("label", { class: "field" }, el("span", {}, label), select);
}

// A table of headings and rows of cells; a cell is text, an element, or [text, class].
function grid(headings, lines, className, caption) {
  var cell = function (tag, given) {
    var pair = Array.isArray(given) ? given : [given, null];
    return el(tag, { class: pair[1], scope: tag === "th" ? "col" : null }, pair[0]);
  };
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    el("table", { class: className },
      el("thead", {}, el("tr", {}, headings.map(function (given) { return cell("th", given); }))),
      el("tbody", {}, lines.map(function (line) {
        var total = line.total;
        return el("tr", { class: total ? "total" : null }, line.map(function (given) { return cell("td", given); }));
      }))));
}

var GRADE_COLOURS = ["#2e7d5b", "#e3a72f", "#c8553d", "#8a3b5c", "#6b6b6b"];
var BETWEEN = ["#2e7d5b", "#8fb94b", "#e3a72f", "#db7b36", "#c8553d", "#8a3b5c", "#6b6b6b"];

function inkOn(colour) { return ["#e3a72f", "#8fb94b", "#db7b36"].indexOf(colour) < 0 ? "#fff" : "#222"; }

function gradeColour(group, at) {
  var many = group.grades.length;
  if (many <= 3) return GRADE_COLOURS[at];
  return BETWEEN[Math.min(at, BETWEEN.length - 1)];
}
