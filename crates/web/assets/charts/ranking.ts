import { BarChart } from "echarts/charts";
import { GridComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { init, use, type ECharts } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

// The legend and the description are the page's own HTML.
use([BarChart, GridComponent, MarkLineComponent, TooltipComponent, CanvasRenderer]);

interface Row {
  name: string;
  short: string;
  index: number;
  shown: string;
  band: number | null;
  lines: string[];
}

interface Ranking {
  rows: Row[];
  mean: { value: number; label: string } | null;
}

/** Below this width names stand beside horizontal bars, as there is no room for them below columns. */
const NARROW = 700;
const ROW_HEIGHT = 24;
const COLUMNS_HEIGHT = 360;

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Elements instead of HTML: a style attribute in HTML would break the content security policy. */
function tip(row: Row | undefined): HTMLElement {
  const box = document.createElement("div");
  if (!row) return box;
  const head = document.createElement("strong");
  head.textContent = row.name;
  box.append(head);
  for (const line of row.lines) {
    const text = document.createElement("div");
    text.textContent = line;
    box.append(text);
  }
  return box;
}

function option(data: Ranking, narrow: boolean) {
  const names = data.rows.map((row) => row.short);
  const font = { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 11, color: colour("--ink") };
  const category = {
    type: "category" as const,
    data: names,
    inverse: narrow,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: colour("--line") } },
    axisLabel: narrow
      ? { ...font, interval: 0, width: 120, overflow: "truncate" as const }
      : { ...font, interval: 0, rotate: 45, width: 120, overflow: "truncate" as const },
  };
  const value = {
    type: "value" as const,
    min: 0,
    max: 100,
    axisLabel: { ...font, show: !narrow },
    splitLine: { show: !narrow, lineStyle: { color: colour("--line-soft") } },
  };
  const used = [...new Set(data.rows.map((row) => row.band))];
  const series = used.map((band, at) => ({
    type: "bar" as const,
    stack: "index",
    barCategoryGap: "20%",
    itemStyle: { color: band === null ? colour("--muted") : colour(`--band-${Math.min(band + 1, 5)}`) },
    label: {
      show: true,
      // At the foot of the bar, out of the way of the mean's line.
      position: narrow ? ("insideLeft" as const) : ("insideBottom" as const),
      ...font,
      fontSize: 10,
      color: "#fff",
      formatter: ({ dataIndex }: { dataIndex: number }) => data.rows[dataIndex]?.shown ?? "",
    },
    data: data.rows.map((row) => (row.band === band ? row.index : "-")),
    markLine:
      at === 0 && data.mean
        ? {
            symbol: "none",
            silent: true,
            animation: false,
            lineStyle: { color: colour("--ink"), type: "dashed" as const, width: 1.5 },
            label: { ...font, lineHeight: 14, formatter: narrow ? data.mean.label : data.mean.label.replace("\n", " "), position: narrow ? ("start" as const) : ("insideEndTop" as const) },
            data: [narrow ? { xAxis: data.mean.value } : { yAxis: data.mean.value }],
          }
        : undefined,
  }));
  return {
    animation: false,
    textStyle: { fontFamily: font.fontFamily },
    grid: narrow
      ? { left: 4, right: 44, top: 36, bottom: 4, containLabel: true }
      : { left: 4, right: 4, top: 16, bottom: 4, containLabel: true },
    tooltip: {
      trigger: "axis" as const,
      confine: true,
      axisPointer: { type: "shadow" as const },
      formatter: (hovered: unknown) => {
        const first = (Array.isArray(hovered) ? hovered[0] : hovered) as { dataIndex: number } | undefined;
        return tip(first ? data.rows[first.dataIndex] : undefined);
      },
    },
    xAxis: narrow ? value : category,
    yAxis: narrow ? category : value,
    series,
  };
}

export function drawRanking(place: HTMLElement): void {
  const data = JSON.parse(place.dataset["ranking"] ?? "null") as Ranking | null;
  if (!data || data.rows.length === 0) return;
  place.hidden = false;
  let chart: ECharts | undefined;
  let drawnNarrow: boolean | undefined;
  const draw = (): void => {
    const narrow = place.clientWidth < NARROW;
    place.style.height = `${narrow ? data.rows.length * ROW_HEIGHT + 60 : COLUMNS_HEIGHT}px`;
    chart ??= init(place, null, { renderer: "canvas", devicePixelRatio: Math.max(devicePixelRatio, 2) });
    chart.resize();
    if (narrow !== drawnNarrow) chart.setOption(option(data, narrow), { notMerge: true });
    drawnNarrow = narrow;
  };
  // The labels are drawn, not laid out: the font has to be there first.
  void document.fonts.ready.then(() => {
    draw();
    new ResizeObserver(draw).observe(place);
  });
}
