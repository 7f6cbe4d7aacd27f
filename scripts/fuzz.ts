import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { commandLine } from './command-line.ts';
import { calls, type Fuzzed } from './fuzz/calls.ts';
import { ask, mustHold } from './fuzz/holds.ts';
import { openHouse } from './fuzz/house.ts';
import { territoriesHold } from './fuzz/territories.ts';
import { synthesize } from './synth.ts';

const HELP = `npm run fuzz: anything at all to all that takes bytes from outside, by the handlers in this process on the embedded table.

Samples of every source of leads with places and bytes changed, rightly signed, or any bytes; rosters (JSON and CSV), SCIM's users,
PATCHes and filters, tokens of customers, territories. Never a 5xx; what is refused is problem+json naming a field and changes
nothing; what is taken is a lead, in quarantine, or was there before. A counterexample is printed as small as it can be made.

  --seconds N   how long (120)
  --runs N      how many calls, if that is sooner
  --seed S      what they are drawn from (now's milliseconds)
`;
const STEPS = ['intake', 'hr-sync', 'scim', 'api', 'api-appraisal'];
const say = (line = ''): void => void process.stdout.write(`${line}\n`);

const { values } = commandLine({
  options: {
    seconds: { type: 'string', default: '120' },
    runs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    help: { type: 'boolean', short: 'h' },
  },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const [seconds, runs, seed] = [Number(values.seconds), Number(values.runs), Number(values.seed)];
if (!(seconds > 0) || !Number.isInteger(runs) || runs < 1 || !Number.isInteger(seed)) {
  process.stderr.write('--seconds, --runs and --seed are numbers, greater than nothing\n');
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'leadkeeper-fuzz-assembly-'));
const house = await openHouse(process.env.ASSEMBLY ?? (await synthesize(folder)), STEPS);
const counts = new Map<string, number>();
try {
  say(`seed ${seed}`);
  // A tenth of the time is for territories, which no handler of strangers takes.
  const limits = (share: number) => ({
    seed,
    numRuns: runs,
    interruptAfterTimeLimit: seconds * 1000 * share,
    markInterruptAsFailure: false,
  });
  const asked = await fc.check(fc.asyncProperty(calls(), one), limits(0.9));
  const drawn = await fc.check(
    territoriesHold((what) => count('territories', what)),
    limits(0.1),
  );
  for (const name of [...counts.keys()].sort()) say(`${name.padEnd(28)} ${String(counts.get(name)).padStart(7)}`);
  tell(asked, shown);
  tell(drawn, ([bytes]) => String(bytes));
} finally {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
}

async function one(call: Fuzzed): Promise<void> {
  const { answered, traces } = await ask(house, call, new Date());
  count(call.from, String(answered.status));
  await mustHold(house, call, answered, traces);
}

function count(from: string, what: string): void {
  const name = `${from.padEnd(14)} ${what}`;
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function shown([call]: [Fuzzed]): string {
  const { body, ...rest } = call;
  return `${JSON.stringify(rest, undefined, 2)}\n${body.toString('utf8')}\n(base64 ${body.toString('base64')})`;
}

/** Prints how it went, with the counterexample if there is one. */
function tell<T>({ failed, numRuns, counterexample, errorInstance }: fc.RunDetails<T>, show: (of: T) => string): void {
  if (!failed || counterexample === null) {
    say(`${numRuns} runs: all promises kept (seed ${seed})`);
    return;
  }
  process.exitCode = 1;
  say(`after ${numRuns} runs: ${String(errorInstance)}`);
  say(show(counterexample));
  say(`npm run fuzz -- --seed ${seed} --seconds ${seconds} --runs ${numRuns}`);
}
