import { cpus } from 'node:os';
import { costOf, type Part, prices, serverAMonth, type stepsOf } from './price.ts';

/** What was counted. */
export interface Counting {
  /** So many one by one. */
  leads: number;
  /** All that were sent, and those that were given to somebody. */
  sent: number;
  placed: number;
  /** All leads one after the other. */
  oneByOne: { parts: Part[]; steps: ReturnType<typeof stepsOf> };
  /** As many at once. */
  burst: { leads: number; parts: Part[] };
  rest: Part[];
}

interface Table {
  title: string;
  head: string[];
  rows: string[][];
}

const MONTHS = [1200, 100_000, 10_000_000];

const usd = (amount: number): string => (amount < 100 ? amount.toFixed(2) : Math.round(amount).toLocaleString('en'));
const plainNumber = (amount: number): string =>
  amount >= 1000 ? Math.round(amount).toLocaleString('en') : amount < 1 ? amount.toFixed(4) : amount.toFixed(2);

/** US dollars for a million leads that cost this together. */
export const million = (parts: readonly Part[], leads: number): number => (costOf(parts) / leads) * 1e6;

function tables({ leads, oneByOne, burst, rest }: Counting): Table[] {
  const together = million(oneByOne.parts, leads);
  const atOnce = (what: string): Part | undefined => burst.parts.find((part) => part.what === what);
  const fixed = costOf(rest);
  return [
    {
      title: 'A million leads, by part',
      head: ['part', 'each lead', 'USD', `each of ${burst.leads} at once`, 'USD'],
      rows: [
        ...oneByOne.parts.map(({ what, amount, usd: cost }) => [
          what,
          plainNumber(amount / leads),
          usd((cost / leads) * 1e6),
          plainNumber((atOnce(what)?.amount ?? 0) / burst.leads),
          usd(((atOnce(what)?.usd ?? 0) / burst.leads) * 1e6),
        ]),
        ['together', '', usd(together), '', usd(million(burst.parts, burst.leads))],
      ],
    },
    {
      title: 'A million leads, by step (without queues, bus and API, which lie between steps)',
      head: ['step', 'write units', 'read units', 'runs', 'calls', 'ms of CPU here', 'GB-s', 'USD'],
      rows: oneByOne.steps.map(({ step, counts, usd: cost }) => [
        step,
        ...[counts.tableWrites, counts.tableReads, counts.invocations, counts.calls, counts.cpu].map((each) =>
          (each / leads).toFixed(2),
        ),
        (counts.gigabyteSeconds / leads).toFixed(4),
        usd((cost / leads) * 1e6),
      ]),
    },
    {
      title: 'A month at rest',
      head: ['part', 'a month', 'USD'],
      rows: [
        ...rest.map(({ what, amount, usd: cost }) => [what, plainNumber(amount), usd(cost)]),
        ['together', '', usd(fixed)],
      ],
    },
    {
      title: 'A month with so many leads, one after the other',
      head: ['leads', 'Leadkeeper, USD', 'always on, USD'],
      rows: MONTHS.map((month) => [
        month.toLocaleString('en'),
        usd(fixed + (together / 1e6) * month),
        usd(serverAMonth()),
      ]),
    },
  ];
}

const about = ({ sent, placed }: Counting): string =>
  `Prices of ${prices.date}, ${prices.region}; counted over ${sent} leads by web form, ${placed} of them assigned. No free tier, no fees of channels.`;

const server = `Always on: ${prices.alwaysOn.what}; whether one such server would carry ten million is not looked at.`;

/** The tables for a terminal. */
export function plain(counting: Counting): string {
  const shown = tables(counting).map(({ title, head, rows }) => {
    const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => (row[at] ?? '').length)));
    const line = (row: string[]): string =>
      `  ${row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart((widths[at] ?? 0) + 2))).join('')}`;
    return [title, line(head), ...rows.map(line)].join('\n');
  });
  return [about(counting), ...shown, server].join('\n\n');
}

/** The tables in Markdown, with the machine and the day. */
export function markdown(counting: Counting, today: string): string {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}`;
  const shown = tables(counting).map(({ title, head, rows }) =>
    [`## ${title}`, '', ...[head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`)].join('\n'),
  );
  const how = `Units, requests, events and runs are counted in a real run by the published rules. The time of a run is the
processor time it took here, as much longer as its function has less than a vCPU, and for each of its calls the milliseconds in
\`scripts/local/prices.json\`: so a busy machine does not count. Functions are warm.`;
  return `# Cost\n\nWritten by \`npm run cost\` on ${today}, on ${machine}. ${about(counting)}\n${how}\n\n${shown.join('\n\n')}\n\n${server}\n`;
}
