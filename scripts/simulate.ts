import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { commandLine } from './command-line.ts';
import { developmentSecrets } from './demo/secrets.ts';
import { startRuntime } from './local/runtime.ts';
import { monthOf } from './simulate/month.ts';
import { naive } from './simulate/naive.ts';
import { Company } from './simulate/ours.ts';
import { figuresOf } from './simulate/outcome.ts';
import { startPlatforms } from './simulate/platforms.ts';
import { lines, page } from './simulate/report.ts';
import { beginsAt, FIRST_DAY } from './simulate/time.ts';
import { synthesize } from './synth.ts';

const HELP = `npm run simulate: a month of a company's sales on the real handlers, the clock turned from one thing that happens to the next;
and the same month under the dispatcher that the article describes. Prints the figures of both, and writes a page with plots.

  --leads N    how many are posted in the month (1200)
  --days N     how long the month is (30)
  --seed S     what is drawn is drawn from it: the same seed gives the same posts, customers and reps (42); of leads that come
               within the same minutes it may differ who gets which
  --out FILE   where the page goes (docs/simulation.html)

A company of more leads has more reps, by the root of them. At the end it is asked of the running system what must hold: every post is
accounted for, the records of every day and the chains of leads are whole, nobody away was given a lead, who left has none, the broken
roster froze nobody, nothing was escalated twice. What does not is printed with the seed, and the command fails. ASSEMBLY names a
folder that npm run synth has made, instead of building anew.
`;
const BAR = 40;

const { values } = commandLine({
  options: {
    leads: { type: 'string', default: '1200' },
    days: { type: 'string', default: '30' },
    seed: { type: 'string', default: '42' },
    out: { type: 'string', default: 'docs/simulation.html' },
    help: { type: 'boolean', short: 'h' },
  },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const [leads, days, seed] = [values.leads, values.days, values.seed].map(Number) as [number, number, number];
if (![leads, days, seed].every(Number.isInteger) || leads < 1 || days < 1) {
  process.stderr.write('--leads, --days and --seed are whole numbers\n');
  process.exit(2);
}

const began = performance.now();
const dataDir = mkdtempSync(join(tmpdir(), 'leadkeeper-simulate-'));
const platforms = await startPlatforms();
const runtime = await startRuntime({
  assembly: process.env.ASSEMBLY ?? (await synthesize(join(dataDir, 'assembly'))),
  dataDir,
  port: 0,
  secretOverlay: (url) => ({ ...developmentSecrets(url), ...platforms.secrets }),
});
try {
  const base = beginsAt(Date.now());
  const month = monthOf({ leads, days, seed, firstDay: FIRST_DAY });
  const { outcomes, alerts, violations } = await new Company(runtime, month, { base, told: platforms.told }).run(
    progress,
  );
  const compared = {
    ours: figuresOf(month, outcomes, alerts),
    naive: figuresOf(month, naive(month, FIRST_DAY)),
    leads,
    days,
    seed,
  };
  mkdirSync(dirname(values.out), { recursive: true });
  writeFileSync(values.out, page(compared));
  const say = (cells: readonly string[]) =>
    process.stdout.write(
      `${(cells[0] ?? '').padEnd(50)}${cells
        .slice(1)
        .map((cell) => cell.padStart(16))
        .join('')}\n`,
    );
  process.stdout.write('\n');
  say(['', 'naive', 'Leadkeeper', 'the article']);
  for (const line of lines(compared)) say(line);
  const seconds = Math.round((performance.now() - began) / 1000);
  process.stdout.write(`\n${leads} leads in ${days} days, in ${seconds} s; ${values.out} shows them (seed ${seed})\n`);
  for (const violation of violations) process.stdout.write(`violated: ${violation}\n`);
  if (violations.length > 0) {
    process.stdout.write(
      `${violations.length} violations: npm run simulate -- --leads ${leads} --days ${days} --seed ${seed}\n`,
    );
    process.exitCode = 1;
  }
} finally {
  await runtime.close();
  await platforms.close();
  rmSync(dataDir, { recursive: true, force: true });
}

function progress(share: number): void {
  if (!process.stderr.isTTY) return;
  const full = Math.round(share * BAR);
  process.stderr.write(`\r[${'='.repeat(full)}${' '.repeat(BAR - full)}] day ${Math.floor(share * days)} of ${days} `);
}
