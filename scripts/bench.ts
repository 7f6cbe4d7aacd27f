import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchDecisions } from './bench-decisions.ts';
import { benchIntake } from './bench-intake.ts';
import { benchTerritories } from './bench-territories.ts';
import { bearer, type Client, clientOf, keysOf } from './demo/client.ts';
import { employees } from './demo/company.ts';
import { seed } from './demo/seed.ts';
import { type Runtime, startRuntime } from './local/runtime.ts';
import { synthesize } from './synth.ts';

const HELP = `npm run bench: the pure decision and territories by themselves, then how fast leads go the whole way, on this
machine, with the local runtime, and what one assignment costs in the table.

  --idle N    leads posted one by one, each when the one before has been announced (50)
  --burst N   leads posted at once, over 20 connections (1000)
  --pure      only the decision and the territories
`;
const CONNECTIONS = 20;

/** When each lead was posted, and when its owner had been told by push. Milliseconds. */
const posted = new Map<string, number>();
const announced = new Map<string, number>();
const told = new Map<string, () => void>();

/** A form of somebody new; from the four territories in turn. */
function form(number: number): unknown {
  const places = [
    { lng: 120.73, lat: 31.27 },
    { lng: 120.57, lat: 31.3 },
    { lng: 121.45, lat: 31.23 },
    { lng: 121.6, lat: 31.22 },
  ];
  return {
    contact: { phone: `+86139${String(number).padStart(8, '0')}` },
    location: { point: places[number % places.length] },
    behavior: { siteSeconds: (number * 37) % 500, downloads: number % 3 },
  };
}

async function post(client: Client, key: string, number: number): Promise<string> {
  const began = performance.now();
  const answer = (await client.call('POST', '/leads/web', form(number), { 'x-api-key': key })) as { leadId: string };
  posted.set(answer.leadId, began);
  return answer.leadId;
}

const whenAnnounced = (leadId: string): Promise<void> =>
  announced.has(leadId) ? Promise.resolve() : new Promise((resolve) => told.set(leadId, resolve));

function percentiles(leadIds: readonly string[]): string[] {
  const times = leadIds
    .map((leadId) => (announced.get(leadId) ?? Number.NaN) - (posted.get(leadId) ?? 0))
    .filter((ms) => !Number.isNaN(ms))
    .sort((a, b) => a - b);
  return [0.5, 0.95, 0.99].map((share) => {
    const ms = times[Math.min(times.length - 1, Math.floor(times.length * share))];
    return ms === undefined ? '–' : `${ms.toFixed(0)} ms`;
  });
}

async function run(runtime: Runtime, idle: number, burst: number): Promise<boolean> {
  const client = clientOf(runtime.url);
  await seed(client);
  const admin = await bearer(client, { role: 'admin' });
  for (const { employeeId } of employees.filter(({ managerId }) => managerId !== undefined)) {
    await client.call('PUT', `/reps/${employeeId}`, { capacity: 10_000 }, admin);
  }
  const { web = '' } = await keysOf(client);
  runtime.onSent(({ leadId, channel }) => {
    if (leadId === undefined || channel !== 'push') return;
    announced.set(leadId, performance.now());
    told.get(leadId)?.();
  });

  let number = 0;
  const one = async (): Promise<string> => {
    number += 1;
    return post(client, web, number);
  };
  await whenAnnounced(await one()); // warm

  const single: string[] = [];
  while (single.length < idle) {
    const leadId = await one();
    await whenAnnounced(leadId);
    single.push(leadId);
  }

  const many: string[] = [];
  const began = performance.now();
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (many.length < burst) {
        const slot = many.push('') - 1;
        many[slot] = await one();
      }
    }),
  );
  const accepted = performance.now() - began;
  const quiet = await runtime.idle(600_000);
  const whole = performance.now() - began;

  const lost: string[] = [];
  for (const leadId of many) {
    const { status } = (await client.call('GET', `/leads/${leadId}`, undefined, admin)) as { status: string };
    if (status !== 'assigned') lost.push(leadId);
  }
  const perSecond = (count: number, ms: number) => `${((count * 1000) / ms).toFixed(0)}/s`;
  const { perLeadAndStep } = (await client.call('GET', '/_local/cost')) as {
    perLeadAndStep: Record<string, { tableWrites: number; tableReads: number }>;
  };
  const { tableWrites = 0, tableReads = 0 } = perLeadAndStep.assignment ?? {};
  const rows = [
    ['', 'leads', 'accepted', 'whole way', 'p50', 'p95', 'p99', 'not placed'],
    ['idle', String(idle), '', '', ...percentiles(single), '0'],
    [
      'burst',
      String(burst),
      perSecond(burst, accepted),
      perSecond(burst, whole),
      ...percentiles(many),
      String(lost.length),
    ],
  ];
  for (const row of rows) process.stdout.write(`${row.map((cell) => cell.padEnd(12)).join('')}\n`);
  process.stdout.write(
    `posted → announced to the owner; ${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}\n`,
  );
  process.stdout.write(`one assignment in the table: ${tableWrites} write units, ${tableReads} read units\n`);
  return quiet && lost.length === 0;
}

const times = (ratio: number): string => `${ratio.toFixed(2)}×`;

/** What needs no table: ratios are of one run in one process. */
function pure(): void {
  const decisions = benchDecisions();
  const found = benchTerritories();
  process.stdout.write(
    `pure decision, ${found.territories} territories, 10,000 reps: ${decisions.decisionsPerSecond}/s ` +
      `(${times(decisions.growthFrom1000To10000Reps)} the time of 1,000 reps); with every candidate's flip: ` +
      `${decisions.withFlipsPerSecond}/s\n` +
      `which territory a place is in: ${found.containingPerSecond}/s, ${times(found.containingToWhichPolygon)} which-polygon ` +
      `(${found.whichPolygonPerSecond}/s); with buffers and metres to the border: ${found.locatePerSecond}/s\n` +
      `opening the compiled index: ${found.openMs.toFixed(2)} ms, ${times(found.openToParse)} parsing the GeoJSON ` +
      `(${found.parseMs.toFixed(1)} ms); checking boundaries ${found.boundariesMs.toFixed(0)} ms, overlaps ` +
      `${found.overlapsMs.toFixed(0)} ms\n`,
  );
}

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h' },
    pure: { type: 'boolean' },
    idle: { type: 'string' },
    burst: { type: 'string' },
  },
});
if (values.help) {
  process.stdout.write(HELP);
} else {
  pure();
}
if (!values.help && !values.pure) {
  const dataDir = mkdtempSync(join(tmpdir(), 'leadkeeper-bench-'));
  const assembly = await synthesize(join(dataDir, 'assembly'));
  const intake = await benchIntake(assembly);
  process.stdout.write(
    `intake, warm: ${intake.leadsPerSecond} leads/s, ${times(intake.ratio)} a handler that does nothing but the same ` +
      `transaction (${intake.barePerSecond}/s)\n`,
  );
  const runtime = await startRuntime({ assembly, dataDir, port: 0 });
  try {
    process.exitCode = (await run(runtime, Number(values.idle ?? 50), Number(values.burst ?? 1000))) ? 0 : 1;
  } finally {
    await runtime.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
