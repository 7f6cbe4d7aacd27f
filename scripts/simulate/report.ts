import { init } from 'echarts';
import { benchmarks, ranges } from '../../shared/response/response.ts';
import type { Figures } from './outcome.ts';

/** Two months of the same posts: under Leadkeeper, and under the dispatcher that the article describes. */
export interface Compared {
  ours: Figures;
  naive: Figures;
  leads: number;
  days: number;
  seed: number;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const hours = (count: number): string => `${count.toFixed(1)} h`;

/** What is compared, as lines: what, under the naive dispatcher, under Leadkeeper, and what the article says of both. */
export function lines({ ours, naive }: Compared): [what: string, naive: string, ours: string, article: string][] {
  return [
    ['first call after, on average', hours(naive.meanHours), hours(ours.meanHours), '58 h to 1.8 h'],
    ['first call after, half of them', hours(naive.medianHours), hours(ours.medianHours), ''],
    ['never called within the month', String(naive.neverCalled), String(ours.neverCalled), ''],
    ['given right: active, territory, on time', percent(naive.right), percent(ours.right), '76 % to 99.2 %'],
    ['leads won', percent(naive.conversion), percent(ours.conversion), ''],
    ['least busy of the most busy rep', percent(naive.fairness), percent(ours.fairness), ''],
    ['posts seen to be of one person', String(naive.duplicates), String(ours.duplicates), ''],
    ['messages to the admins a day', naive.alertsPerDay.toFixed(1), ours.alertsPerDay.toFixed(1), ''],
  ];
}

const SIZE = { width: 720, height: 320 };
const COLOURS = ['#b0b7c3', '#2f6fed'];

/** Bars of two kinds, drawn to SVG without a browser. */
function bars(
  title: string,
  categories: readonly string[],
  series: readonly { name: string; values: readonly number[] }[],
): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...SIZE });
  chart.setOption({
    animation: false,
    color: COLOURS,
    title: { text: title, textStyle: { fontSize: 15 } },
    legend: { top: 28 },
    grid: { top: 64, left: 48, right: 16, bottom: 32 },
    xAxis: { type: 'category', data: [...categories] },
    yAxis: { type: 'value' },
    series: series.map(({ name, values }) => ({
      name,
      type: 'bar',
      data: [...values],
      label: { show: true, position: 'top', fontSize: 10 },
    })),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg.replace('<svg ', `<svg role="img" aria-label="${title}" `);
}

const round = (share: number): number => Math.round(1000 * share) / 10;

/** The report as one page that needs nothing beside it. */
export function page(compared: Compared): string {
  const { ours, naive, leads, days, seed } = compared;
  const names = ranges.map(({ range }) => range);
  const both = (of: (figures: Figures) => readonly number[]) => [
    { name: 'naive dispatcher', values: of(naive) },
    { name: 'Leadkeeper', values: of(ours) },
  ];
  const charts = [
    bars(
      'Leads by the time to the first call',
      names,
      both(({ buckets }) => buckets.map(({ leads: count }) => count)),
    ),
    bars('Won by the time to the first call, %', names, [
      ...both(({ buckets }) => buckets.map(({ conversion }) => round(conversion))),
      { name: 'the article’s industry', values: names.map((range) => round(benchmarks[range].industry)) },
    ]),
    bars(
      'Leads per rep',
      ours.perRep.map(({ repId }) => repId),
      both(({ perRep }) => perRep.map(({ leads: count }) => count)),
    ),
  ];
  const rows = lines(compared).map((line) => `<tr>${line.map((cell) => `<td>${cell}</td>`).join('')}</tr>`);
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>A month of sales</title>
<style>body{font:15px/1.5 system-ui,sans-serif;max-width:760px;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}
td,th{padding:.3rem .6rem;border-bottom:1px solid #ddd;text-align:left}svg{max-width:100%;height:auto}</style>
<h1>A month of sales</h1>
<p>${leads} posts in ${days} days, drawn from seed ${seed}: the same posts, customers and reps twice. Reps are fast and slow; one is on
leave, one leaves in the middle of the month, one is new; HR’s push is broken once, texting is down for two hours, and an admin
publishes a map on which two territories overlap. Customers buy as the article’s table of the industry says, by how soon they are called.</p>
<table><tr><th></th><th>naive dispatcher</th><th>Leadkeeper</th><th>the article</th></tr>${rows.join('')}</table>
${charts.join('\n')}
</html>
`;
}
