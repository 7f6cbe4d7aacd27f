import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bearer, type Client, clientOf, keysOf } from './demo/client.ts';
import { employees } from './demo/company.ts';
import { seed } from './demo/seed.ts';
import type { Counted, StepCounts } from './local/meter.ts';
import { type Runtime, startRuntime } from './local/runtime.ts';
import { synthesize } from './synth.ts';

const HELP = `npm run cost: what a lead costs on AWS, counted by a real run on this machine and priced from scripts/local/prices.json;
by step for a million leads, and by month beside one small server that is always on. Fees of SMS and other channels apart.

  --leads N   how many leads go the whole way (200)
`;
const IDLE_MINUTES = 30;
const AIM = 20;

interface Prices {
  date: string;
  region: string;
  perMillion: Record<Counted, number>;
  perGigabyteSecond: number;
  perGigabyteOfLogs: number;
  perMonth: { secret: number; alarm: number };
  alwaysOn: {
    hoursAMonth: number;
    serverAnHour: number;
    databaseAnHour: number;
    databaseDiskAMonth: number;
    loadBalancerAnHour: number;
    what: string;
  };
}

interface Used {
  totals: Record<Counted, number> & { gigabyteSeconds: number };
  byStep: Record<string, StepCounts>;
}

const prices = JSON.parse(readFileSync(new URL('./local/prices.json', import.meta.url), 'utf8')) as Prices;
const say = (line = ''): void => void process.stdout.write(`${line}\n`);
const usd = (amount: number): string => (amount < 100 ? amount.toFixed(2) : Math.round(amount).toLocaleString('en'));

/** What was used between two readings of the meter. */
function between(before: Used, after: Used): Used {
  const minus = <T extends object>(b: T | undefined, a: T): T =>
    Object.fromEntries(
      Object.entries(a).map(([name, value]) => [
        name,
        value - ((b as Record<string, number> | undefined)?.[name] ?? 0),
      ]),
    ) as T;
  const steps = Object.entries(after.byStep).map(
    ([step, counts]) => [step, minus(before.byStep[step], counts)] as const,
  );
  return { totals: minus(before.totals, after.totals), byStep: Object.fromEntries(steps) };
}

const used = async (client: Client): Promise<Used> => (await client.call('GET', '/_local/cost')) as Used;

/** US dollars for all that a step used. */
const ofStep = ({ tableWrites, tableReads, invocations, gigabyteSeconds }: StepCounts): number =>
  (tableWrites * prices.perMillion.tableWriteUnits +
    tableReads * prices.perMillion.tableReadUnits +
    invocations * prices.perMillion.invocations) /
    1e6 +
  gigabyteSeconds * prices.perGigabyteSecond;

/** US dollars for what is counted for all steps together. */
const shared = ({ totals }: Used): [what: string, usd: number][] =>
  (['httpRequests', 'queueRequests', 'busEvents'] as const).map((what) => [
    { httpRequests: 'API requests', queueRequests: 'queue requests', busEvents: 'bus events' }[what],
    (totals[what] * prices.perMillion[what]) / 1e6,
  ]);

const sum = (amounts: readonly number[]): number => amounts.reduce((total, each) => total + each, 0);

/** Leads that go the whole way, one after the other in fours, to reps with room for them. */
async function sendLeads(runtime: Runtime, client: Client, leads: number): Promise<string[]> {
  const admin = await bearer(client, { role: 'admin' });
  for (const { employeeId } of employees.filter(({ managerId }) => managerId !== undefined))
    await client.call('PUT', `/reps/${employeeId}`, { capacity: 10_000 }, admin);
  await runtime.idle(60_000);
  const { web = '' } = await keysOf(client);
  const places = [
    { lng: 120.73, lat: 31.27 },
    { lng: 121.45, lat: 31.23 },
  ];
  const ids: string[] = [];
  for (let n = 0; n < leads; n += 1) {
    const form = {
      contact: { name: `王${n}`, phone: `+86137${String(n).padStart(8, '0')}` },
      company: { name: `工厂${n}`, employees: (n * 37) % 900 },
      location: { point: places[n % places.length] },
      behavior: { siteSeconds: (n * 37) % 500, downloads: n % 3 },
    };
    const { leadId } = (await client.call('POST', '/leads/web', form, { 'x-api-key': web })) as { leadId: string };
    ids.push(leadId);
    if (n % 4 === 3) await runtime.idle(60_000);
  }
  await runtime.idle(60_000);
  return ids;
}

/** How many of the leads were given to somebody. */
async function placedOf(client: Client, leadIds: readonly string[]): Promise<number> {
  const admin = await bearer(client, { role: 'admin' });
  let placed = 0;
  for (const leadId of leadIds) {
    const { status } = (await client.call('GET', `/leads/${leadId}`, undefined, admin)) as { status: string };
    if (status === 'assigned') placed += 1;
  }
  return placed;
}

async function run(leads: number): Promise<boolean> {
  const dataDir = mkdtempSync(join(tmpdir(), 'leadkeeper-cost-'));
  const runtime = await startRuntime({ assembly: await synthesize(join(dataDir, 'assembly')), dataDir, port: 0 });
  try {
    const client = clientOf(runtime.url);
    await seed(client);
    await runtime.idle(60_000);
    const logSize = (): number => statSync(join(dataDir, 'functions.log'), { throwIfNoEntry: false })?.size ?? 0;
    const logsBefore = logSize();
    const began = await used(client);
    const sent = await sendLeads(runtime, client, leads);
    const way = between(began, await used(client));
    const logs = ((logSize() - logsBefore) / 1e9) * prices.perGigabyteOfLogs;
    const placed = await placedOf(client, sent);
    const quiet = await used(client);
    for (let minute = 0; minute < IDLE_MINUTES; minute += 1) {
      await client.call('POST', '/_local/schedules/escalation');
      if (minute % 5 === 0) await client.call('POST', '/_local/schedules/breaker');
    }
    await runtime.idle(60_000);
    const idle = between(quiet, await used(client));
    report(leads, placed, way, logs, idle);
    return placed === leads;
  } finally {
    await runtime.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function report(leads: number, placed: number, way: Used, logs: number, idle: Used): void {
  const million = (amount: number): number => (amount / leads) * 1e6;
  const steps = Object.entries(way.byStep)
    .filter(([step, { invocations }]) => !step.startsWith('api') && step !== 'other' && invocations > 0)
    .map(([step, counts]) => ({ step, counts, cost: ofStep(counts) }))
    .sort((a, b) => b.cost - a.cost);
  say(`Prices of ${prices.date}, ${prices.region}; counted over ${leads} leads, ${placed} of them assigned.`);
  say();
  say('US dollars for a million leads, by step');
  say(
    `  ${'step'.padEnd(16)}${'write units'.padStart(12)}${'read units'.padStart(12)}${'runs'.padStart(8)}${'GB-s'.padStart(9)}${'USD'.padStart(9)}`,
  );
  for (const { step, counts, cost } of steps) {
    const each = (value: number, digits = 2): string => (value / leads).toFixed(digits);
    say(
      `  ${step.padEnd(16)}${each(counts.tableWrites).padStart(12)}${each(counts.tableReads).padStart(12)}` +
        `${each(counts.invocations).padStart(8)}${each(counts.gigabyteSeconds, 4).padStart(9)}${usd(million(cost)).padStart(9)}`,
    );
  }
  for (const [what, cost] of [...shared(way), ['logs', logs] as const])
    say(`  ${what.padEnd(57)}${usd(million(cost)).padStart(9)}`);
  const perLead = (sum(steps.map(({ cost }) => cost)) + sum(shared(way).map(([, cost]) => cost)) + logs) / leads;
  say(`  ${'together'.padEnd(57)}${usd(perLead * 1e6).padStart(9)}   (aim: under ${AIM})`);

  const idleMinute =
    (sum(Object.values(idle.byStep).map(ofStep)) + sum(shared(idle).map(([, cost]) => cost))) / IDLE_MINUTES;
  const { alwaysOn, perMonth } = prices;
  const fixed = idleMinute * 60 * alwaysOn.hoursAMonth + perMonth.secret + 10 * perMonth.alarm;
  const server =
    (alwaysOn.serverAnHour + alwaysOn.databaseAnHour + alwaysOn.loadBalancerAnHour) * alwaysOn.hoursAMonth +
    alwaysOn.databaseDiskAMonth;
  say();
  say(`US dollars a month (at rest: ${usd(fixed)}, the schedules of every minute, the secret and ten alarms)`);
  say(`  ${'leads a month'.padEnd(18)}${'Leadkeeper'.padStart(12)}${'always on'.padStart(12)}`);
  for (const month of [1200, 100_000, 10_000_000])
    say(
      `  ${month.toLocaleString('en').padEnd(18)}${usd(fixed + perLead * month).padStart(12)}${usd(server).padStart(12)}`,
    );
  say(`  always on: ${alwaysOn.what}; whether one such server would carry ten million is not looked at`);
  say();
  say(`a million leads: ${usd(perLead * 1e6)} USD, ${perLead * 1e6 < AIM ? 'within' : 'above'} the aim of ${AIM}`);
}

const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' }, leads: { type: 'string' } } });
const leads = Number(values.leads ?? 200);
if (values.help) {
  process.stdout.write(HELP);
} else if (!Number.isInteger(leads) || leads < 1 || leads > 100_000) {
  process.stderr.write('--leads is a whole number from 1 to 100000\n');
  process.exitCode = 2;
} else {
  process.exitCode = (await run(leads)) ? 0 : 1;
}
