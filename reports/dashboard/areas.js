// What is chosen, and the figures of the areas that fit it.

// An area: level, province, city, county, tier, then its figures.
var A_LEVEL = 0, A_PROVINCE = 1, A_CITY = 2, A_COUNTY = 3, A_TIER = 4, A_SITES = 5, A_RATED = 6, A_NOT_RATED = 7,
  A_NO_SCORE = 8, A_GRADES = 9, A_MEAN = 10, A_MEDIAN = 11, A_HIGHEST = 12, A_LOWEST = 13, A_DRAWN = 14;
var R_RATED = 5, R_RATES = 6, R_COUNTED = 7;

var chosen = { group: 0, tier: -1, city: "", unit: "", measure: "share" };

function group() { return head.groups[chosen.group]; }

function cityKey(province, city) { return province + "/" + city; }

function inCity(item, province, city) {
  return chosen.city === "" || cityKey(item[province], item[city]) === chosen.city;
}

function cities(of) {
  return of.areas.filter(function (area) { return area[A_LEVEL] === 1 && area[A_TIER] === -1; });
}

function placeName(number) { return number < 0 ? word("unknown_place") : name(number); }

function cityName(of, area) {
  var several = new Set(cities(of).map(function (city) { return city[A_PROVINCE]; })).size > 1;
  return (several && area[A_PROVINCE] >= 0 ? name(area[A_PROVINCE]) : "") + placeName(area[A_CITY]);
}

function areaName(of, area) {
  if (area[A_LEVEL] === 0) return word("total");
  if (area[A_LEVEL] === 1) return cityName(of, area);
  var alone = chosen.city !== "" || cities(of).length < 2;
  return (alone ? "" : cityName(of, area)) + placeName(area[A_COUNTY]);
}

// The areas of the chosen tier: the whole of what is chosen, and the units that are compared.
function whole(list, tier) {
  return list.filter(function (area) {
    if (area[A_TIER] !== tier) return false;
    return chosen.city === "" ? area[A_LEVEL] === 0 : area[A_LEVEL] === 1 && inCity(area, A_PROVINCE, A_CITY);
  })[0] || null;
}

function units(list) {
  var level = unitLevel();
  return list.filter(function (area) {
    return area[A_TIER] === chosen.tier && area[A_LEVEL] === level && inCity(area, A_PROVINCE, A_CITY);
  });
}

// Counties one by one where they are few enough to be read, else cities.
function unitLevel() {
  if (chosen.city !== "") return 2;
  if (chosen.unit !== "") return Number(chosen.unit);
  var counties = group().areas.filter(function (area) { return area[A_LEVEL] === 2 && area[A_TIER] === chosen.tier; });
  return cities(group()).length > 1 && counties.length > 30 ? 1 : 2;
}

function drawn(area) {
  var pair = area[A_DRAWN];
  if (!pair) return "";
  return pair[1] === null ? say("note.sampled_unknown", { checked: pair[0] })
    : say("note.sampled", { checked: pair[0], of: pair[1] });
}

function figures(of, lines, first) {
  var several = lines.some(function (line) { return line[1][A_DRAWN]; });
  var headings = [first, [word("sites"), "num"], [word("not_rated"), "num"], [word("no_score"), "num"],
    [word("rated"), "num"]]
    .concat(of.grades.map(function (grade) { return [grade[1], "num"]; }))
    .concat(["mean", "median", "highest", "lowest"].map(function (key) { return [word(key), "num"]; }));
  if (several) headings.push(word("sampled"));
  var body = lines.map(function (line) {
    var area = line[1];
    var cells = [line[0], [area[A_SITES], "num"], [area[A_NOT_RATED], "num"], [area[A_NO_SCORE], "num"],
      [area[A_RATED], "num"]]
      .concat(area[A_GRADES].map(function (count) {
        var share = rate(count, area[A_RATED]);
        return [[String(count), el("span", { class: "sub" }, share === null ? "" : " " + percent(share))], "num"];
      }))
      .concat([A_MEAN, A_MEDIAN, A_HIGHEST, A_LOWEST].map(function (at) { return [number(area[at]), "num"]; }));
    if (several) cells.push([drawn(area), "wide"]);
    cells.total = line[2];
    return cells;
  });
  return grid(headings, body, "figures", first);
}
