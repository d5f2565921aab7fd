// Draws the charts of reports/charts.py. One default for all: SVG, no animation, patterns beside colors, and tooltips
// drawn as text, because ECharts' HTML tooltip needs inline styles, which the Content-Security-Policy forbids.

import { write } from "./numbers.js";

const tokens = getComputedStyle(document.body); // the body knows the color of the scenario
let library = null;

/** ECharts is a megabyte: it is fetched once, and only by a page that has a chart. */
function load(address) {
  library ??= new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: address, onerror: reject });
    script.onload = () => resolve(window.echarts);
    document.head.append(script);
  });
  return library;
}

/** Strings such as "--app-good" become the color of that token, wherever they stand in the options. */
function withTokens(part) {
  if (typeof part === "string") return part.startsWith("--") ? tokens.getPropertyValue(part).trim() : part;
  if (Array.isArray(part)) return part.map(withTokens);
  if (part && typeof part === "object") {
    return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, withTokens(value)]));
  }
  return part;
}

/** JSON cannot hold functions, so the unit travels as words and the formatting is added here. */
function formatterOf({ unit = "", prefix = "", decimals = 0, signed = false } = {}) {
  return (value) => {
    const number = Array.isArray(value) ? value.at(-1) : value;
    if (number === null || number === undefined || number === "-") return "–";
    const sign = number < 0 ? "−" : signed && number > 0 ? "+" : "";
    const space = sign && prefix ? "\u00a0" : "";
    return `${sign}${space}${prefix}${write(Math.abs(number), decimals)}${unit ? `\u00a0${unit}` : ""}`;
  };
}

// Quiet patterns on top of the colors, so that areas differ without color too.
const stroke = { color: "rgba(255, 255, 255, .38)", symbol: "rect", symbolSize: 1 };
const patterns = [
  { symbol: "none" },
  { ...stroke, dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: Math.PI / 4 },
  { ...stroke, symbol: "circle", symbolSize: .7, dashArrayX: [[8, 8], [0, 8, 8, 0]], dashArrayY: [6, 0] },
  { ...stroke, dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4 },
  { ...stroke, dashArrayX: [1, 0], dashArrayY: [1.5, 6] },
  { ...stroke, dashArrayX: [1, 0], dashArrayY: [1.5, 6], rotation: Math.PI / 2 },
];

function complete(options, isNarrow) {
  const { format = {}, patterned = true, ...rest } = withTokens(options);
  const formatter = formatterOf(format);
  const short = formatterOf({ ...format, decimals: format.axis_decimals ?? 0, signed: false });
  const ink = tokens.getPropertyValue("--app-ink").trim();
  const muted = tokens.getPropertyValue("--app-muted").trim();
  const line = tokens.getPropertyValue("--app-line").trim();
  const fontFamily = tokens.fontFamily;
  const axis = (given) => {
    const isValue = given.type === "value";
    return {
      ...given,
      axisLabel: { color: muted, fontSize: 13, hideOverlap: true, ...(isValue ? { formatter: (value) => short(value) } : {}), ...given.axisLabel },
      ...(isNarrow && given.axisLabel?.width > 100 ? { axisLabel: { ...given.axisLabel, width: 100, fontSize: 13 } } : {}),
      axisLine: { lineStyle: { color: line }, show: !isValue },
      axisTick: { show: false },
      splitLine: { show: isValue, lineStyle: { color: line } },
    };
  };
  return {
    animation: false,
    aria: { enabled: true, decal: { show: patterned, decals: patterns }, label: { enabled: false } },
    textStyle: { fontFamily, color: ink, fontSize: 14 },
    color: [1, 2, 3, 4, 5, 6, 7, 8].map((n) => tokens.getPropertyValue(`--app-chart-${n}`).trim()),
    tooltip: { renderMode: "richText", trigger: "axis", confine: true, valueFormatter: formatter, textStyle: { fontFamily, color: ink }, borderColor: line, axisPointer: { type: "shadow" }, order: "seriesDesc" },
    ...rest,
    legend: rest.legend === null ? undefined : { type: "scroll", bottom: 0, icon: "roundRect", itemWidth: 16, textStyle: { color: ink, fontSize: 13.5 }, ...rest.legend },
    // A flow has no axes.
    ...(rest.xAxis && {
      grid: { left: 8, right: 16, top: 16, bottom: rest.legend === null ? 8 : 44, outerBoundsMode: "same", outerBoundsContain: "axisLabel", ...rest.grid },
      xAxis: axis(rest.xAxis),
      yAxis: axis(rest.yAxis),
    }),
    series: rest.series.map((one) => (one.label?.show ? { ...one, label: { color: ink, fontSize: 13, ...one.label, formatter: (point) => point.data?.text ?? formatter(point.value) } } : one)),
  };
}

async function draw(place) {
  if (place.dataset.drawn) return;
  place.dataset.drawn = "yes";
  const options = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  try {
    const echarts = await load(place.dataset.echarts);
    // The names of a flow stand on both sides: too much for a phone, which gets the table.
    if (place.clientWidth < 420 && options.series.some((one) => one.type === "sankey")) throw new Error("narrow");
    const chart = echarts.init(place, null, { renderer: "svg" });
    chart.setOption(complete(options, place.clientWidth < 420));
    // The sentence in aria-label says what the picture shows; the drawing itself is not to be read aloud.
    place.querySelector("svg")?.setAttribute("aria-hidden", "true");
    new ResizeObserver(() => chart.resize()).observe(place);
    place.dispatchEvent(new CustomEvent("chart:drawn", { bubbles: true }));
  } catch {
    place.hidden = true; // The table twin stays, with the same figures.
    place.closest("figure")?.querySelector("details.twin")?.setAttribute("open", "");
  }
}

function setUp(root) {
  root.querySelectorAll("[data-chart]").forEach(draw);
}

document.addEventListener("htmx:load", (event) => setUp(event.target));
setUp(document);
