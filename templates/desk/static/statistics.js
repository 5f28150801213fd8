/* The charts of 统计: an addition to the tables, whose cells they are drawn from. */
"use strict";

(function () {
  const MOST = 20;
  const place = document.querySelector(".charts");
  if (!place || !window.echarts) {
    return;
  }
  place.hidden = false;

  function rows(table, name) {
    return Array.from(document.querySelectorAll(`#${table} tbody tr:not(.group)`), function (row) {
      const numbers = Array.from(row.querySelectorAll("td.num:not(.place)"), (cell) => Number(cell.textContent) || 0);
      return { name: row.querySelector(name).textContent.trim(), sent: numbers[0], adopted: numbers[1] };
    });
  }

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function look() {
    const ink = colour("--ink");
    return {
      font: { fontFamily: getComputedStyle(document.body).fontFamily, color: ink, fontSize: 12 },
      line: { lineStyle: { color: colour("--line") } },
      sent: colour("--chart-sent"),
      adopted: colour("--chart-adopted"),
    };
  }

  function series(found, look, position) {
    return [["报送", "sent"], ["采用", "adopted"]].map(([name, key]) => ({
      name,
      type: "bar",
      barMaxWidth: 16,
      itemStyle: { color: look[key] },
      label: { ...look.font, show: true, position, fontSize: 11, formatter: (one) => one.value || "" },
      data: found.map((one) => one[key]),
    }));
  }

  function departments(look) {
    const found = rows("by-department", ".name").filter((one) => one.sent || one.adopted)
      .sort((a, b) => b.adopted - a.adopted || b.sent - a.sent).slice(0, MOST);
    return {
      animation: false,
      textStyle: look.font,
      grid: { left: 8, right: 36, top: 8, bottom: 8, containLabel: true },
      xAxis: { type: "value", minInterval: 1, axisLabel: look.font, splitLine: look.line },
      yAxis: { type: "category", inverse: true, data: found.map((one) => one.name), axisLabel: { ...look.font, width: 120, overflow: "truncate" }, axisLine: look.line, axisTick: { show: false } },
      series: series(found, look, "right"),
    };
  }

  function months(look) {
    const found = rows("by-month", "td");
    return {
      animation: false,
      textStyle: look.font,
      grid: { left: 8, right: 8, top: 24, bottom: 8, containLabel: true },
      xAxis: { type: "category", data: found.map((one) => one.name.replace(/^(\d+)年(\d+)月$/, "$2月\n$1")), axisLabel: { ...look.font, hideOverlap: true }, axisLine: look.line, axisTick: { show: false } },
      yAxis: { type: "value", minInterval: 1, axisLabel: look.font, splitLine: look.line },
      series: series(found, look, "top"),
    };
  }

  const charts = [["chart-departments", departments], ["chart-months", months]].map(([id, made]) => {
    const box = document.getElementById(id);
    box.classList.toggle("tall", made === departments && document.querySelectorAll("#by-department tbody tr:not(.none)").length > 8);
    return [echarts.init(box, null, { renderer: "canvas" }), made];
  });

  function draw() {
    charts.forEach(([chart, made]) => chart.setOption(made(look()), true));
  }

  draw();
  window.addEventListener("resize", () => charts.forEach(([chart]) => chart.resize()));
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
})();
