// Draws what the tables of a page say. Without it the tables stand open; with it they wait below each drawing.

const style = getComputedStyle(document.documentElement);
const colour = (name) => style.getPropertyValue(`--${name}`).trim();
const font = { fontFamily: getComputedStyle(document.body).fontFamily, color: colour("ink") };
const roles = ["accent", "teal", "ochre", "red"].map(colour); // lead, responsible, support, the body itself
const go = (href) => { if (href) location.assign(href); };
const number = (count) => count.toLocaleString("zh-CN");
const told = (label, parts) => `${label}：${parts.slice(0, 12).join("，")}${parts.length > 12 ? "等" : ""}。全部数字见数据表。`; // for who hears it
const items = (count) => `${number(count)} 项`;

function drawMonths({ label, months, start, end }, width) {
  const kinds = [["past", "已过", colour("past")], ["now", "本月", colour("red")], ["ahead", "今后", colour("accent")]];
  const held = kinds.filter(([when]) => months.some((month) => month.when === when && month.count));
  const zoom = end - start + 1 < months.length;
  return {
    height: 260,
    option: {
      legend: { bottom: zoom ? 34 : 0, selectedMode: false },
      grid: { left: 8, right: 12, top: 24, bottom: zoom ? 66 : 32, containLabel: true },
      xAxis: { type: "category", data: months.map((m) => `${m.year}-${m.month}`), axisTick: { show: false },
        axisLabel: { hideOverlap: true, formatter: (name, at) => `${name.split("-")[1]}月${at === 0 || name.endsWith("-1") ? `\n${name.slice(0, 4)}` : ""}` } },
      yAxis: { type: "value", minInterval: 1, splitLine: { lineStyle: { color: colour("soft") } } },
      dataZoom: zoom ? [{ type: "slider", startValue: start, endValue: end, bottom: 4, height: 22, brushSelect: false, labelFormatter: (at) => `${months[at].year}-${months[at].month}` }] : [],
      series: held.map(([when, name, color]) => ({ type: "bar", name, stack: "all", color, barMaxWidth: 44,
        label: { show: width > 500, position: "top", formatter: ({ value }) => (value ? number(value) : "") },
        data: months.map((m) => (m.when === when ? m.count : 0)) })),
      tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, formatter: ([{ dataIndex: at }]) => `${months[at].year}年${months[at].month}月  ${items(months[at].count)}` },
    },
    href: ({ dataIndex }) => months[dataIndex]?.href,
    label: told(label, months.slice(start, end + 1).filter((m) => m.count).map((m) => `${m.year}年${m.month}月${items(m.count)}`)),
  };
}

function drawBars({ label, series, bars }, width) {
  const sum = (bar) => bar.counts.reduce((all, count) => all + count, 0);
  const named = Object.fromEntries(bars.map((bar) => [bar.name, bar]));
  return {
    height: bars.length * 26 + (series.length > 1 ? 56 : 24),
    option: {
      legend: series.length > 1 ? { bottom: 0, selectedMode: false } : undefined,
      grid: { left: 4, right: 44, top: 4, bottom: series.length > 1 ? 30 : 4, containLabel: true },
      xAxis: { type: "value", minInterval: 1, axisLabel: { show: false }, splitLine: { show: false } },
      yAxis: { type: "category", inverse: true, data: bars.map((bar) => bar.name), triggerEvent: true, axisTick: { show: false }, axisLine: { show: false },
        axisLabel: { interval: 0, width: width * 0.42, overflow: "truncate", fontSize: 13, color: bars.some((bar) => bar.href) ? colour("accent") : colour("ink") } },
      series: series.map((name, at) => ({ type: "bar", name, stack: "all", barMaxWidth: 16, color: roles[at], data: bars.map((bar) => bar.counts[at]),
        label: { show: at === series.length - 1, position: "right", formatter: ({ dataIndex }) => number(sum(bars[dataIndex])) } })),
      tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, formatter: ([{ dataIndex: at }]) => [bars[at].name, ...series.map((name, n) => `${name}  ${number(bars[at].counts[n])}`)].join("\n") },
    },
    href: ({ componentType, value, name }) => named[componentType === "yAxis" ? value : name]?.href,
    label: told(label, bars.map((bar) => `${bar.name}${number(sum(bar))}`)),
  };
}

// Around a circle, so that every name has its place; a body's own network has it in the middle.
function onCircle(at, count) {
  const angle = (2 * Math.PI * at) / count - Math.PI / 2;
  const left = Math.cos(angle) < -1e-9;
  const degrees = (-angle * 180) / Math.PI;
  return { x: 1000 * Math.cos(angle), y: 1000 * Math.sin(angle), label: { position: left ? "left" : "right", rotate: left ? degrees - 180 : degrees } };
}

function drawNetwork({ label, groups, nodes, ties, centred }, width) {
  const around = nodes.length - Number(centred);
  const most = Math.max(...nodes.slice(Number(centred)).map((node) => node.count));
  const tight = Math.max(...ties.filter((tie) => !tie.faint).map((tie) => tie.count));
  const small = width < 500;
  const height = Math.min(width + 40, 680);
  const radius = Math.min(width, height - 40) / 2 - (small ? 92 : 150); // room for names
  const shape = (tie) => (tie.faint ? { width: 1, color: colour("line"), opacity: 0.6 }
    : { width: 1 + 5 * (tie.count / tight), color: roles[tie.group] ?? colour("past"), opacity: 0.55 });
  const place = (at) => (centred && at === 0 ? { x: 0, y: 0, label: { position: "bottom", fontWeight: "bold" } } : onCircle(at - Number(centred), around));
  return {
    height,
    option: {
      legend: { bottom: 0, data: groups, selectedMode: false },
      series: [{ type: "graph", layout: "none", left: width / 2 - radius, top: (height - 40) / 2 - radius, width: 2 * radius, height: 2 * radius,
        categories: groups.map((name, at) => ({ name, itemStyle: { color: roles[at] } })),
        nodes: nodes.map((node, at) => ({ id: String(at), name: node.name, value: node.count, category: node.group, ...place(at),
          symbolSize: centred && at === 0 ? 26 : (small ? 5 : 7) + (small ? 9 : 15) * Math.sqrt(node.count / most) })),
        edges: ties.map((tie) => ({ source: String(tie.source), target: String(tie.target), value: tie.count, lineStyle: { ...shape(tie), curveness: centred && !tie.faint ? 0 : 0.12 } })),
        label: { show: true, fontSize: small ? 10 : 12, width: small ? 84 : 140, overflow: "truncate", formatter: ({ dataIndex }) => nodes[dataIndex].short },
        emphasis: { focus: "adjacency", label: { fontWeight: "bold" } } }],
      tooltip: { formatter: ({ dataType, data, value }) => (dataType === "edge" ? `${nodes[data.source].name} — ${nodes[data.target].name}  ${items(value)}` : `${data.name}  ${items(value)}`) },
    },
    href: ({ dataType, dataIndex }) => (dataType === "node" ? nodes[dataIndex].href : ""),
    label: told(label, ties.filter((tie) => !tie.faint).map((tie) => `${nodes[tie.source].short}与${nodes[tie.target].short}${items(tie.count)}`)),
  };
}

const kinds = { months: drawMonths, bars: drawBars, network: drawNetwork };

function draw(figure) {
  const drawing = figure.querySelector(".drawing");
  const given = JSON.parse(figure.querySelector("script").textContent);
  drawing.hidden = false;
  figure.querySelector("details").open = figure.classList.contains("beside") && matchMedia("(min-width: 980px)").matches;
  let chart;
  const redraw = () => {
    const { height, option, href, label } = kinds[figure.dataset.chart](given, drawing.clientWidth);
    drawing.style.height = `${height}px`;
    chart ??= echarts.init(drawing);
    chart.resize();
    chart.setOption({ ...option, animation: false, textStyle: font, aria: { enabled: true, label: { description: label } },
      tooltip: { ...option.tooltip, renderMode: "richText", confine: true } }, true);
    chart.off("click");
    chart.on("click", (event) => go(href(event)));
  };
  let seen = 0;
  new ResizeObserver(() => {
    if (drawing.clientWidth && drawing.clientWidth !== seen) { seen = drawing.clientWidth; redraw(); }
  }).observe(drawing);
}

document.querySelectorAll("figure.chart").forEach(draw);
