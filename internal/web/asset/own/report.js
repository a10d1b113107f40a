// Charts, each drawn from the table beneath it.
import { init } from "./echarts.js";

const dark = document.documentElement.dataset.bsTheme === "dark";
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const ink = getComputedStyle(document.body).color;
const colours = ["#3a7bd5", "#2f9e62", "#d9822b", "#9b59b6", "#c0392b", "#16a3a3", "#7f8c8d", "#b8860b"];

function read(table) {
  const rows = [...table.tBodies[0].rows];
  const names = [...table.tHead.rows[0].cells].slice(1).map((c) => c.textContent);
  return {
    days: rows.map((r) => r.cells[0].textContent),
    series: names.map((name, i) => ({ name, data: rows.map((r) => Number(r.cells[i + 1].textContent)) })),
  };
}

function draw(card) {
  const canvas = card.querySelector("[data-canvas]");
  if (!canvas) return;
  const stacked = card.dataset.chart === "stack";
  const { days, series } = read(card.querySelector("table"));
  const chart = init(canvas, null, { renderer: "canvas" });
  const faint = dark ? "rgba(255,255,255,.14)" : "rgba(0,0,0,.1)";
  chart.setOption({
    animation: !calm,
    color: colours,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: ink },
    legend: { type: "scroll", top: 0, left: 0, textStyle: { color: ink } },
    grid: { left: 8, right: 12, top: 40, bottom: 4 },
    tooltip: { trigger: "axis", renderMode: "richText", confine: true },
    xAxis: { type: "category", data: days, axisLabel: { color: ink, hideOverlap: true, formatter: (d) => d.slice(5) }, axisLine: { lineStyle: { color: faint } }, axisTick: { show: false } },
    yAxis: { type: "value", minInterval: 1, axisLabel: { color: ink }, splitLine: { lineStyle: { color: faint } } },
    series: series.map((s) => ({ ...s, type: stacked ? "bar" : "line", stack: stacked ? "all" : undefined, symbol: "circle", symbolSize: 5, barMaxWidth: 28 })),
  });
  new ResizeObserver(() => chart.resize()).observe(canvas);
}

for (const card of document.querySelectorAll("[data-chart]")) draw(card);
