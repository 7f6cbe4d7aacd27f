import { type EChartsCoreOption, init } from 'echarts';
import { benchmarks, ranges } from '../../shared/response/response.ts';
import { type Figures, type Verdict, verdicts } from './outcome.ts';

/** Two months of the same posts: under Leadkeeper, and under the dispatcher that the article describes. */
export interface Compared {
  ours: Figures;
  naive: Figures;
  leads: number;
  days: number;
  seed: number;
}

/** A plot: what it says in one sentence, what is drawn, and the drawing itself for a light and a dark page. */
export interface Chart {
  says: string;
  about: string;
  light: string;
  dark: string;
}

interface Theme {
  ink: string;
  faint: string;
  line: string;
  ours: string;
  naive: string;
  mark: string;
  wrong: [string, string, string, string];
}

const WIDTH = 760;
const themes: Record<'light' | 'dark', Theme> = {
  light: {
    ink: '#1d2733',
    faint: '#5b6875',
    line: '#dfe4ea',
    ours: '#1f6feb',
    naive: '#9aa5b1',
    mark: '#b35900',
    wrong: ['#e0a800', '#d1632f', '#b3261e', '#6b7785'],
  },
  dark: {
    ink: '#e6edf3',
    faint: '#a3b1bf',
    line: '#303a45',
    ours: '#58a6ff',
    naive: '#7d8894',
    mark: '#f0a35e',
    wrong: ['#e3b341', '#f0883e', '#f47067', '#8b98a5'],
  },
};

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
export const hours = (count: number): string => `${count.toFixed(1)} h`;
const round = (share: number): number => Math.round(1000 * share) / 10;

const NAIVE = 'naive dispatcher';
const OURS = 'Leadkeeper';
/** What the article reports, in hours and shares. */
export const article = { hoursBefore: 58, hoursAfter: 1.8, rightBefore: 0.76, rightAfter: 0.992 } as const;

const font = 'system-ui, sans-serif';

function drawn(
  height: number,
  about: string,
  option: (theme: Theme) => EChartsCoreOption,
): Pick<Chart, 'light' | 'dark'> {
  const one = (theme: Theme): string => {
    const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
    chart.setOption({
      animation: false,
      backgroundColor: 'transparent',
      textStyle: { fontFamily: font, color: theme.ink },
      // Measured without a browser, whose letters may be wider: there is room between them.
      legend: {
        top: 0,
        left: 'left',
        width: WIDTH - 80,
        itemGap: 36,
        itemWidth: 14,
        itemHeight: 10,
        textStyle: { color: theme.ink, fontFamily: font },
      },
      ...option(theme),
    });
    const svg = chart.renderToSVGString();
    chart.dispose();
    return svg.replace('<svg ', `<svg role="img" aria-label="${about.replaceAll('"', '')}" `);
  };
  return { light: one(themes.light), dark: one(themes.dark) };
}

const axis = (theme: Theme, name: string, more: object = {}) => ({
  name,
  nameLocation: 'middle' as const,
  nameTextStyle: { color: theme.faint },
  axisLabel: { color: theme.faint },
  axisLine: { lineStyle: { color: theme.line } },
  axisTick: { show: false },
  splitLine: { lineStyle: { color: theme.line } },
  ...more,
});
const labelled = (theme: Theme, formatter?: string) => ({
  show: true,
  position: 'top' as const,
  color: theme.ink,
  fontSize: 11,
  ...(formatter ? { formatter } : {}),
});

const QUARTER = 0.25;

/** The share of leads that were called within so many hours; one point for each step of the logarithm. */
function called({ waited, neverCalled }: Figures): [number, number][] {
  const points: [number, number][] = [];
  const rang = waited.slice(0, waited.length - neverCalled);
  for (let at = QUARTER; at <= 240; at *= 1.15) {
    const within = rang.filter((minutes) => minutes <= at * 60).length;
    points.push([Math.round(at * 100) / 100, round(within / waited.length)]);
  }
  return points;
}

function responseTimes({ ours, naive }: Compared): Chart {
  const about = 'Share of leads called within so many hours, and the article’s averages before and after';
  const within = (figures: Figures, hour: number): number =>
    figures.waited.filter((minutes) => minutes < hour * 60).length / figures.waited.length;
  return {
    says: `Four hours after they wrote, ${percent(within(ours, 4))} of the customers have been called, and ${percent(within(naive, 4))} under the naive dispatcher.`,
    about,
    ...drawn(340, about, (theme) => ({
      grid: { top: 44, left: 56, right: 24, bottom: 48 },
      xAxis: axis(theme, 'hours from the post to the first call (logarithmic)', {
        type: 'log',
        logBase: 4,
        min: QUARTER,
        max: 256,
        nameGap: 30,
      }),
      yAxis: axis(theme, '% of leads called', { type: 'value', max: 100, nameGap: 40 }),
      series: [
        { name: NAIVE, figures: naive, colour: theme.naive },
        { name: OURS, figures: ours, colour: theme.ours },
      ].map(({ name, figures, colour }, nth) => ({
        name,
        type: 'line',
        showSymbol: false,
        data: called(figures),
        color: colour,
        lineStyle: { width: 3, color: colour },
        ...(nth === 1
          ? {
              markLine: {
                silent: true,
                symbol: 'none',
                lineStyle: { color: theme.mark, type: 'dashed', width: 1.5 },
                label: { color: theme.mark, formatter: '{b}', position: 'insideEndTop', distance: 4 },
                data: [
                  { name: `the article, before: ${article.hoursBefore} h`, xAxis: article.hoursBefore },
                  { name: `the article, after: ${article.hoursAfter} h`, xAxis: article.hoursAfter },
                ],
              },
            }
          : {}),
      })),
    })),
  };
}

function conversion({ ours, naive }: Compared): Chart {
  const about = 'Leads won by the time to the first call, in per cent, beside the article’s table';
  const names = ranges.map(({ range }) => range);
  const soon = (figures: Figures): number =>
    (figures.buckets[0]?.leads ?? 0) / figures.buckets.reduce((sum, { leads }) => sum + leads, 0);
  return {
    says: `Who is called sooner buys oftener: ${percent(soon(ours))} were called within the hour instead of ${percent(soon(naive))}, and ${percent(ours.conversion)} of all were won instead of ${percent(naive.conversion)}.`,
    about,
    ...drawn(330, about, (theme) => ({
      grid: { top: 44, left: 56, right: 16, bottom: 48 },
      xAxis: axis(theme, 'time to the first call, and how many leads that were (naive → Leadkeeper)', {
        type: 'category',
        nameGap: 30,
        data: names.map((name, nth) => `${name}  (${naive.buckets[nth]?.leads} → ${ours.buckets[nth]?.leads})`),
      }),
      yAxis: axis(theme, '% won', { type: 'value', nameGap: 40 }),
      series: [
        { name: NAIVE, color: theme.naive, data: naive.buckets.map((each) => round(each.conversion)) },
        { name: OURS, color: theme.ours, data: ours.buckets.map((each) => round(each.conversion)) },
        {
          name: 'the article’s industry',
          color: theme.mark,
          data: names.map((name) => round(benchmarks[name].industry)),
        },
      ].map((series) => ({ ...series, type: 'bar', barMaxWidth: 38, label: labelled(theme) })),
    })),
  };
}

const words: Record<Verdict, string> = {
  right: 'right: on time, at work, serves the place',
  people: 'right: nothing says where, people asked',
  late: 'late',
  elsewhere: 'to somebody of elsewhere',
  absent: 'to somebody who is away or gone',
  nobody: 'to nobody in this month',
};

function stability({ ours, naive }: Compared): Chart {
  const about = 'Of a hundred leads, how many were given right, and what was wrong with the others';
  const share = (figures: Figures, verdict: Verdict): number => round(figures.verdicts[verdict] / figures.leads);
  return {
    says: `${percent(ours.right)} of the leads were given right, and ${percent(naive.right)} by the naive dispatcher.`,
    about,
    ...drawn(316, about, (theme) => ({
      grid: { top: 104, left: 120, right: 28, bottom: 48 },
      xAxis: axis(theme, '% of the leads (dashed: the article, before and after)', {
        type: 'value',
        max: 100,
        nameGap: 30,
      }),
      yAxis: axis(theme, '', { type: 'category', data: [OURS, NAIVE], axisLabel: { color: theme.ink, fontSize: 13 } }),
      series: verdicts.map((verdict, nth) => ({
        name: words[verdict],
        type: 'bar',
        stack: 'all',
        barWidth: 44,
        color: [theme.ours, `${theme.ours}99`, ...theme.wrong][nth],
        data: [share(ours, verdict), share(naive, verdict)],
        label: {
          show: verdict === 'right',
          position: 'inside',
          formatter: '{c} %',
          color: '#ffffff',
          fontWeight: 'bold',
        },
        ...(nth === 0
          ? {
              markLine: {
                silent: true,
                symbol: 'none',
                lineStyle: { color: theme.mark, type: 'dashed', width: 1.5 },
                label: { color: theme.mark, formatter: '{b}' },
                data: [article.rightBefore, article.rightAfter].map((at) => ({ name: percent(at), xAxis: round(at) })),
              },
            }
          : {}),
      })),
    })),
  };
}

function fairness({ ours, naive }: Compared): Chart {
  const about = 'Leads for each day at work, by rep; half-time counts half';
  // Of many, as many as can be read.
  const shown = ours.perRep.slice(0, 16);
  const theirs = new Map(naive.perRep.map(({ repId, perDay }) => [repId, perDay]));
  return {
    says: `For each day at work, the least busy rep of a territory got ${percent(ours.fairness)} of what the busiest one got, on average.`,
    about,
    ...drawn(330, about, (theme) => ({
      grid: { top: 44, left: 56, right: 16, bottom: 56 },
      xAxis: axis(theme, 'rep (two neighbours share a territory)', {
        type: 'category',
        nameGap: 34,
        data: shown.map(({ repId }) => repId.replace(/^rep-/, '')),
      }),
      yAxis: axis(theme, 'leads a day at work', { type: 'value', nameGap: 40 }),
      series: [
        {
          name: NAIVE,
          color: theme.naive,
          data: shown.map(({ repId }) => Math.round(10 * (theirs.get(repId) ?? 0)) / 10),
        },
        { name: OURS, color: theme.ours, data: shown.map(({ perDay }) => Math.round(10 * perDay) / 10) },
      ].map((series) => ({ ...series, type: 'bar', barMaxWidth: 30, label: labelled(theme) })),
    })),
  };
}

const alertWords: Record<string, string> = {
  'assignment-failed': 'a lead needs placing',
  'lead-missed': 'nobody called within 4 h',
  'lead-overdue': 'nobody called within 2 h (no supervisor reachable)',
  'hr-held': 'a roster is held',
  'hr-roster-missing': 'no roster came',
  'exception-digest': 'summary of the day',
};

function alerts({ ours, days }: Compared): Chart {
  const about = 'Messages to the group of the admins, by day and reason';
  const kinds = Object.keys(ours.alerts).sort();
  return {
    says: `Each admin was told ${ours.alertsPerDay.toFixed(1)} things a day; under the naive dispatcher none, whatever went wrong.`,
    about,
    ...drawn(330, about, (theme) => ({
      color: [theme.ours, theme.wrong[0], theme.wrong[1], theme.wrong[2], theme.wrong[3], theme.mark],
      grid: { top: 100, left: 56, right: 16, bottom: 48 },
      xAxis: axis(theme, 'day of the month', {
        type: 'category',
        nameGap: 30,
        data: Array.from({ length: days }, (_, day) => day + 1),
      }),
      yAxis: axis(theme, 'messages', { type: 'value', minInterval: 1, nameGap: 40 }),
      series: kinds.map((kind) => ({
        name: alertWords[kind] ?? kind,
        type: 'bar',
        stack: 'all',
        data: ours.alerts[kind],
      })),
    })),
  };
}

/** All plots, in the order in which they are read. */
export const charts = (compared: Compared): Chart[] => [
  responseTimes(compared),
  conversion(compared),
  stability(compared),
  fairness(compared),
  alerts(compared),
];
