// The charts. Labels and tooltips are drawn by our own functions: no text is read as a template or as HTML.

var FONT = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", '
  + '"WenQuanYi Micro Hei", SimHei, sans-serif';
var charts = new Map();

function draw(id, height, option, label, clicked) {
  var box = document.getElementById(id);
  box.style.height = height + "px";
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", label);
  var chart = echarts.init(box, null, { renderer: "svg", locale: zh ? "ZH" : "EN" });
  charts.set(id, chart);
  option.animation = false;
  option.textStyle = { fontFamily: FONT, color: "#222" };
  chart.setOption(option, true);
  chart.on("click", clicked);
}

function forgetCharts() {
  charts.forEach(function (chart) { chart.dispose(); });
  charts.clear();
}

function resizeCharts(width) {
  charts.forEach(function (chart) {
    chart.resize(width ? { width: width } : undefined);
    chart.getZr().flush();
  });
}

function tip(lines) {
  return function (params) {
    return el("div", { class: "tip" }, lines(params).map(function (line) { return el("div", {}, line); }));
  };
}

function tooltip(lines) {
  return { trigger: "item", confine: true, formatter: tip(lines), textStyle: { fontFamily: FONT, fontSize: 12 } };
}

function categories(names, width) {
  return {
    type: "category", data: names, inverse: true, axisTick: { show: false },
    axisLabel: { width: width, overflow: "truncate", interval: 0, color: "#222", fontSize: 12 }
  };
}

function drawGrades(of, area, clicked) {
  var counts = area[A_GRADES], rated = area[A_RATED];
  var share = function (at) { return percent(rate(counts[at], rated)); };
  var said = of.grades.map(function (grade, at) { return grade[1] + " " + counts[at] + " (" + share(at) + ")"; });
  draw("chart-grades", 260, {
    grid: { left: 48, right: 16, top: 28, bottom: 28 },
    tooltip: tooltip(function (at) { return [said[at.dataIndex]]; }),
    xAxis: { type: "category", data: of.grades.map(function (grade) { return grade[1]; }), axisTick: { show: false },
      axisLabel: { interval: 0, color: "#222", fontSize: 13 } },
    yAxis: { type: "value", minInterval: 1, splitLine: { lineStyle: { color: "#e4e7ea" } } },
    series: [{
      type: "bar", barMaxWidth: 72,
      data: counts.map(function (count, at) { return { value: count, itemStyle: { color: gradeColour(of, at) } }; }),
      label: { show: true, position: "top", color: "#222", fontSize: 13,
        formatter: function (at) { return at.value + (rated ? "  " + share(at.dataIndex) : ""); } }
    }]
  }, say("word.chart_grades", { text: said.join(word("separator")) }), function (at) { clicked(at.dataIndex); });
}

function drawAreas(of, areas, clicked) {
  var names = areas.map(function (area) { return areaName(of, area) + " (" + area[A_RATED] + ")"; });
  var room = Math.min(190, Math.max(90, document.getElementById("chart-areas").clientWidth * 0.3));
  var lines = function (at) {
    var area = areas[at.dataIndex];
    return [areaName(of, area) + word("colon") + say("word.of_sites", { count: area[A_SITES] })]
      .concat(of.grades.map(function (grade, which) {
        return grade[1] + " " + area[A_GRADES][which] + " (" + percent(rate(area[A_GRADES][which], area[A_RATED])) + ")";
      }))
      .concat([word("mean") + " " + number(area[A_MEAN]), word("not_rated") + " " + area[A_NOT_RATED]]);
  };
  draw("chart-areas", 56 + 24 * areas.length, {
    grid: { left: room + 14, right: 28, top: 32, bottom: 24 },
    legend: { show: chosen.measure !== "mean", top: 0, left: "center", itemWidth: 14, itemHeight: 10, selectedMode: false },
    tooltip: tooltip(lines),
    xAxis: { type: "value", position: "bottom", min: 0, max: chosen.measure === "share" ? 100 : null,
      minInterval: chosen.measure === "count" ? 1 : null, splitLine: { lineStyle: { color: "#e4e7ea" } },
      axisLabel: { formatter: function (value) { return value + (chosen.measure === "share" ? "%" : ""); } } },
    yAxis: categories(names, room),
    series: chosen.measure === "mean" ? [meanSeries(areas)] : gradeSeries(of, areas)
  }, say("word.chart_areas", { count: areas.length }), function (at) { clicked(areas[at.dataIndex]); });
}

function meanSeries(areas) {
  return { type: "bar", barMaxWidth: 14, itemStyle: { color: "#3d6fa5" },
    data: areas.map(function (area) { return area[A_MEAN]; }),
    label: { show: true, position: "insideRight", color: "#fff",
      formatter: function (at) { return at.value === null ? "" : number(at.value); } } };
}

function gradeSeries(of, areas) {
  var shares = chosen.measure === "share";
  return of.grades.map(function (grade, which) {
    return { type: "bar", stack: "grades", name: grade[1], barMaxWidth: 16, itemStyle: { color: gradeColour(of, which) },
      data: areas.map(function (area) {
        return shares ? rate(area[A_GRADES][which], area[A_RATED]) : area[A_GRADES][which];
      }),
      label: { show: true, color: inkOn(gradeColour(of, which)), fontSize: 11,
        formatter: function (at) {
          var area = areas[at.dataIndex], count = area[A_GRADES][which];
          return count && (!shares || count * 12 > area[A_RATED]) ? String(count) : "";
        } } };
  });
}

function drawFailed(of, lines, clicked) {
  var room = Math.min(420, Math.max(120, document.getElementById("chart-rules").clientWidth * 0.42));
  var title = function (line) { var rule = of.rules[line[0]]; return rule[0] + " " + rule[1]; };
  var series = function (which, key, colour) {
    return { type: "bar", stack: "sites", name: word(key), barMaxWidth: 16, itemStyle: { color: colour },
      cursor: "pointer", data: lines.map(function (line) { return line[which]; }) };
  };
  var last = series(2, "partial", "#e3a72f");
  last.label = { show: true, position: "right", color: "#222", fontSize: 11, formatter: function (at) {
    var line = lines[at.dataIndex];
    return line[1] + line[2] + "  " + percent(line[5]);
  } };
  draw("chart-rules", 56 + 26 * lines.length, {
    grid: { left: room + 14, right: 96, top: 32, bottom: 24 },
    legend: { top: 0, left: "center", itemWidth: 14, itemHeight: 10, selectedMode: false },
    tooltip: tooltip(function (at) {
      var line = lines[at.dataIndex], rule = of.rules[line[0]];
      return [el("b", {}, title(line)), (of.dims[rule[2]] || ["", ""])[1] + " · " + (of.tiers[rule[4]] || ""),
        word("failing") + " " + line[1] + word("semicolon") + word("partial") + " " + line[2] + word("semicolon")
        + word("applicable") + " " + line[4] + " (" + percent(line[5]) + ")",
        word("points_lost") + " " + number(line[6])];
    }),
    xAxis: { type: "value", minInterval: 1, splitLine: { lineStyle: { color: "#e4e7ea" } } },
    yAxis: categories(lines.map(title), room),
    series: [series(1, "failing", "#c8553d"), last]
  }, say("word.chart_rules", { count: lines.length }), function (at) { clicked(lines[at.dataIndex][0]); });
}

// The heat map is a table, so that it can be read aloud, copied, and printed in black and white.
function heat(value) {
  var depth = Math.max(0, Math.min(1, (100 - value) / 60));
  var mix = function (light, dark) { return Math.round(light + (dark - light) * depth); };
  return "rgb(" + mix(255, 226) + "," + mix(253, 122) + "," + mix(248, 74) + ")";
}

function heatMap(of, areas) {
  var lines = areas.map(function (area) {
    var cells = [area[A_LEVEL] === 0 || (chosen.city !== "" && area[A_LEVEL] === 1) ? word("total") : areaName(of, area),
      [area[R_RATED], "num"]];
    area[R_RATES].forEach(function (value, at) {
      var counted = area[R_COUNTED][at] === area[R_RATED] ? null : say("word.of_sites", { count: area[R_COUNTED][at] });
      var shown = el("span", { class: "heat", title: counted }, percent(value));
      if (value !== null) shown.style.backgroundColor = heat(value);
      cells.push([shown, "hot"]);
    });
    cells.total = area[A_LEVEL] === 0 || (chosen.city !== "" && area[A_LEVEL] === 1);
    return cells;
  });
  var headings = [word(unitLevel() === 1 ? "city" : "county"), [word("rated"), "num"]]
    .concat(of.dims.map(function (dimension) { return [dimension[1], "mid"]; }));
  return grid(headings, lines, "heatmap", say("heading.dimensions"));
}
