import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLine } from './command-line.ts';
import { atRest, between, costOf, partsOf, stepsOf, type Used } from './cost/price.ts';
import { type Counting, markdown, million, plain } from './cost/report.ts';
import { bearer, type Client, clientOf, keysOf } from './demo/client.ts';
import { employees } from './demo/company.ts';
import { seed } from './demo/seed.ts';
import { type Runtime, startRuntime } from './local/runtime.ts';
import { synthesize } from './synth.ts';

const HELP = `npm run cost: what a lead costs on AWS, counted by a real run on this machine and priced from scripts/local/prices.json;
by part and by step for a million leads, one after the other and in a burst, and by month beside one small server that is always
on. Fees of SMS and other channels apart. Writes docs/cost.md.

  --leads N   how many leads go the whole way (200)
`;
const IDLE_MINUTES = 30;
const AIM = 20;
/** So many leads go first, for functions that are warm. */
const WARM = 40;

const used = async (client: Client): Promise<Used> => (await client.call('GET', '/_local/cost')) as Used;

/** Posts leads to reps with room for them. */
async function poster(client: Client): Promise<() => Promise<string>> {
  const admin = await bearer(client, { role: 'admin' });
  for (const { employeeId } of employees.filter(({ managerId }) => managerId !== undefined))
    await client.call('PUT', `/reps/${employeeId}`, { capacity: 100_000 }, admin);
  const { web = '' } = await keysOf(client);
  const places = [
    { lng: 120.73, lat: 31.27 },
    { lng: 121.45, lat: 31.23 },
  ];
  let n = 0;
  return async () => {
    n += 1;
    const form = {
      contact: { name: `王${n}`, phone: `+86137${String(n).padStart(8, '0')}` },
      company: { name: `工厂${n}`, employees: (n * 37) % 900 },
      location: { point: places[n % places.length] },
      behavior: { siteSeconds: (n * 37) % 500, downloads: n % 3 },
    };
    const { leadId } = (await client.call('POST', '/leads/web', form, { 'x-api-key': web })) as { leadId: string };
    return leadId;
  };
}

const times = (howMany: number): number[] => Array.from({ length: howMany }, (_, at) => at);

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

/** Runs `work`, waits until all of it is done, and says what was used. */
async function metered(runtime: Runtime, client: Client, work: () => Promise<void>): Promise<Used> {
  const before = await used(client);
  await work();
  if (!(await runtime.idle(120_000))) throw new Error('the leads did not come to rest');
  return between(before, await used(client));
}

/** How many alarms the templates of an assembly have. */
const alarmsIn = (assembly: string): number =>
  readdirSync(assembly)
    .filter((file) => file.endsWith('.template.json'))
    .flatMap((file) => readFileSync(join(assembly, file), 'utf8').match(/"AWS::CloudWatch::Alarm"/g) ?? []).length;

async function count(leads: number): Promise<Counting> {
  const dataDir = mkdtempSync(join(tmpdir(), 'leadkeeper-cost-'));
  const assembly = await synthesize(join(dataDir, 'assembly'));
  const runtime = await startRuntime({ assembly, dataDir, port: 0 });
  try {
    const client = clientOf(runtime.url);
    await seed(client);
    const post = await poster(client);
    for (const _ of times(WARM)) await post();
    await runtime.idle(120_000);

    const sent: string[] = [];
    const way = await metered(runtime, client, async () => {
      for (const _ of times(leads)) {
        sent.push(await post());
        await runtime.idle(60_000);
      }
    });
    const atOnce = await metered(runtime, client, async () => {
      await Promise.all(times(leads).map(async () => sent.push(await post())));
    });
    const placed = await placedOf(client, sent);

    const idle = await metered(runtime, client, async () => {
      for (const minute of times(IDLE_MINUTES)) {
        await client.call('POST', '/_local/schedules/escalation');
        if (minute % 5 === 0) await client.call('POST', '/_local/schedules/breaker');
      }
    });
    return {
      leads,
      sent: sent.length,
      placed,
      oneByOne: { parts: partsOf(way, leads), steps: stepsOf(way) },
      burst: { leads, parts: partsOf(atOnce, leads) },
      rest: atRest(costOf(partsOf(idle, 0)) / IDLE_MINUTES, runtime.queueNames.length, alarmsIn(assembly)),
    };
  } finally {
    await runtime.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** @returns whether all leads went the whole way */
async function run(leads: number): Promise<boolean> {
  const counting = await count(leads);
  process.stdout.write(`${plain(counting)}\n\n`);
  mkdirSync('docs', { recursive: true });
  writeFileSync('docs/cost.md', markdown(counting, new Date().toISOString().slice(0, 10)));
  const cost = million(counting.oneByOne.parts, leads);
  const judged = cost < AIM ? 'within' : 'above';
  process.stdout.write(
    `a million leads: ${cost.toFixed(2)} USD, ${judged} the aim of ${AIM}; ${counting.placed} of ${counting.sent} placed\n`,
  );
  return counting.placed === counting.sent;
}

const { values } = commandLine({ options: { help: { type: 'boolean', short: 'h' }, leads: { type: 'string' } } });
const leads = Number(values.leads ?? 200);
if (values.help) {
  process.stdout.write(HELP);
} else if (!Number.isInteger(leads) || leads < 1 || leads > 100_000) {
  process.stderr.write('--leads is a whole number from 1 to 100000\n');
  process.exitCode = 2;
} else {
  process.exitCode = (await run(leads)) ? 0 : 1;
}
