import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, type Findings } from './chaos/checker.ts';
import { readRecords } from './chaos/records.ts';
import { Running } from './chaos/running.ts';
import { storm } from './chaos/storm.ts';
import { commandLine } from './command-line.ts';
import { synthesize } from './synth.ts';

const HELP = `npm run chaos: leads by the thousand while everything goes wrong, then a check of every one of them.

Workers are killed, messages come twice, late and out of order, the table throttles and refuses transactions, channels are down,
the clock jumps, each queue holds a poisoned message, HR freezes people, and twice the whole runtime is killed and started again.
At the end a checker that knows only tables and outbox goes through all leads.

  --leads N   how many are posted (10000)
  --seed S    what is drawn is drawn from it (now's milliseconds); threads race all the same
  --keep      leaves the data folder for a look
`;
const SHOWN = 20;
/** Files that live in memory: they outlive a killed process as well, and waiting for a disk proves nothing here. */
const MEMORY = '/dev/shm';
const began = performance.now();
const say = (line = ''): void => void process.stdout.write(`${line}\n`);
/** A line with the seconds that have passed. */
const tell = (line: string): void => say(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${line}`);

const { values } = commandLine({
  options: {
    leads: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h' },
  },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const [leads, seed] = [Number(values.leads), Number(values.seed)];
if (!Number.isInteger(leads) || leads < 1 || !Number.isInteger(seed)) {
  process.stderr.write('--leads and --seed are whole numbers\n');
  process.exit(2);
}

const dataDir = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'leadkeeper-chaos-'));
const on = new Running(
  process.env.ASSEMBLY ?? (await synthesize(join(dataDir, 'assembly'))),
  join(dataDir, 'data'),
  seed,
);
try {
  say(`seed ${seed}`);
  await on.start();
  const passed = await storm(on, { leads, seed, say: tell });
  await on.end('SIGTERM');
  say();
  for (const [what, times] of Object.entries(passed.struck).sort())
    say(`${what.padEnd(30)} ${String(times).padStart(8)}`);
  report(check(await readRecords(join(dataDir, 'data')), passed));
} finally {
  await on.cleanUp();
  if (values.keep) say(`data in ${dataDir}`);
  else rmSync(dataDir, { recursive: true, force: true });
}

function report({ counts, violations }: Findings): void {
  say();
  for (const [what, count] of Object.entries(counts)) say(`${what.padEnd(14)} ${String(count).padStart(8)}`);
  say();
  for (const { invariant, leadId, what } of violations.slice(0, SHOWN))
    say(`invariant ${invariant}: ${leadId} ${what}`);
  if (violations.length > SHOWN) say(`… and ${violations.length - SHOWN} more`);
  const seconds = Math.round((performance.now() - began) / 1000);
  if (violations.length === 0) {
    say(`${leads} leads in ${seconds} s: invariants 1 to 6 and 9 hold, and nothing poisoned was lost (seed ${seed})`);
    return;
  }
  say(`${violations.length} violations: npm run chaos -- --leads ${leads} --seed ${seed}`);
  process.exitCode = 1;
}
