import { BarChart, FunnelChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { language } from '../words.ts';
import type { Plot, Series } from './plotted.ts';

use([
  BarChart,
  FunnelChart,
  LineChart,
  AriaComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  CanvasRenderer,
]);

/** The page's own colours, which are others in the dark. */
function colours() {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return { ink: of('ink'), dim: of('dim'), line: of('line'), main: of('main'), pale: of('pale'), card: of('card') };
}

type Colours = ReturnType<typeof colours>;

const channels = (colour: string): number[] => {
  const digits = colour.slice(1);
  const full = digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits;
  return [0, 2, 4].map((at) => Number.parseInt(full.slice(at, at + 2), 16));
};

/** A colour (`#rgb`, `#rrggbb`) with so much (0 to 1) of another in it: neighbours are told apart in grey, too. */
function mixed(colour: string, other: string, share: number): string {
  const [from, to] = [channels(colour), channels(other)];
  return `rgb(${from.map((each, at) => Math.round(each + ((to[at] ?? each) - each) * share)).join(', ')})`;
}

function funnel({ labels, series: [own], format }: Plot, { main, ink, card }: Colours) {
  const values = own?.values ?? [];
  return {
    series: [
      {
        type: 'funnel' as const,
        name: own?.name ?? '',
        sort: 'none' as const,
        left: 8,
        right: '38%',
        top: 8,
        bottom: 8,
        minSize: '2%',
        gap: 3,
        label: { position: 'right' as const, color: ink, formatter: ({ name = '' }: { name?: string }) => name },
        data: labels.map((label, at) => ({
          name: `${label}: ${format(values[at] ?? 0)}`,
          value: values[at] ?? 0,
          itemStyle: { color: mixed(main, card, (0.65 * at) / labels.length), borderWidth: 0 },
        })),
      },
    ],
  };
}

function oneSeries(
  { name, values, pale }: Series,
  at: number,
  { kind, mark }: Plot,
  { main, card, pale: grey, dim }: Colours,
) {
  const colour = pale ? grey : mixed(main, card, 0.5 * Math.min(1, at));
  const marked =
    mark === undefined || pale
      ? {}
      : {
          markLine: {
            silent: true,
            symbol: 'none',
            lineStyle: { color: dim, type: 'dashed' as const },
            label: { show: true, color: dim, formatter: mark.name, position: 'insideStartTop' as const },
            data: [mark.along === 'x' ? { xAxis: mark.at } : { yAxis: mark.at }],
          },
        };
  const own = { name, data: [...values], ...marked, color: colour };
  if (kind === 'bars') return { ...own, type: 'bar' as const, barMaxWidth: 22 };
  const line = pale ? { type: 'dashed' as const, width: 2 } : { width: 3 };
  return { ...own, type: 'line' as const, showSymbol: values.length < 40, lineStyle: { color: colour, ...line } };
}

function axes(plot: Plot, { dim, line }: Colours) {
  const { labels, format, kind, lying, most } = plot;
  const names = {
    type: 'category' as const,
    data: [...labels],
    inverse: lying === true,
    boundaryGap: kind === 'bars',
    axisLabel: { color: dim, hideOverlap: true, ...(lying ? { width: 150, overflow: 'truncate' as const } : {}) },
    axisLine: { lineStyle: { color: line } },
    axisTick: { show: false },
  };
  const values = {
    type: 'value' as const,
    ...(most === undefined ? {} : { max: most }),
    axisLabel: { color: dim, formatter: format, hideOverlap: true },
    splitLine: { lineStyle: { color: line } },
  };
  return lying ? { xAxis: values, yAxis: names } : { xAxis: names, yAxis: values };
}

function option(plot: Plot, description: string) {
  const own = colours();
  const many = plot.series.length > 1;
  const common = {
    animation: false,
    textStyle: { color: own.ink, fontFamily: getComputedStyle(document.body).fontFamily },
    // Patterns beside colours, for whoever does not tell these apart.
    aria: { enabled: true, label: { description }, decal: { show: many } },
    tooltip: {
      // Drawn, not written as markup: the page's policy allows no styles in markup.
      renderMode: 'richText' as const,
      trigger: plot.kind === 'funnel' ? ('item' as const) : ('axis' as const),
      axisPointer: { type: 'shadow' as const },
      backgroundColor: own.card,
      borderColor: own.line,
      textStyle: { color: own.ink },
      valueFormatter: (value: unknown) => (typeof value === 'number' ? plot.format(value) : '–'),
      confine: true,
      ...(plot.kind === 'funnel' ? { formatter: ({ name = '' }: { name?: string }) => name } : {}),
    },
  };
  if (plot.kind === 'funnel') return { ...common, ...funnel(plot, own) };
  return {
    ...common,
    grid: { left: 8, right: 20, top: many ? 36 : 16, bottom: 8, containLabel: true },
    ...(many ? { legend: { top: 0, left: 0, textStyle: { color: own.ink }, itemWidth: 18 } } : {}),
    ...axes(plot, own),
    series: plot.series.map((each, at) => oneSeries(each, at, plot, own)),
  };
}

/** A plot that is drawn into an element, and drawn anew when it is told other figures, is resized, or it becomes dark. */
export interface Drawn {
  show: (plot: Plot, description: string) => void;
  end: () => void;
}

/** Draws into an element. */
export function drawIn(element: HTMLElement): Drawn {
  const chart = init(element, null, { renderer: 'canvas', locale: language() === 'zh-CN' ? 'ZH' : 'EN' });
  let last: [Plot, string] | undefined;
  const draw = () => {
    if (last) chart.setOption(option(...last), { notMerge: true });
  };
  const resized = new ResizeObserver(() => chart.resize());
  resized.observe(element);
  const dark = matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', draw);
  return {
    show: (...shown) => {
      last = shown;
      draw();
    },
    end: () => {
      resized.disconnect();
      dark.removeEventListener('change', draw);
      chart.dispose();
    },
  };
}
