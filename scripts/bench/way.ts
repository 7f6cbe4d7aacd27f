import { bearer, type Client, clientOf, keysOf } from '../demo/client.ts';
import { employees } from '../demo/company.ts';
import { seed } from '../demo/seed.ts';
import type { Runtime } from '../local/runtime.ts';
import { type Line, rate, type Section } from './report.ts';

const CONNECTIONS = 20;

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

/** When each lead was posted, and when its owner had been told by push. Milliseconds. */
class Stopwatch {
  readonly #posted = new Map<string, number>();
  readonly #announced = new Map<string, number>();
  readonly #told = new Map<string, () => void>();

  posted(leadId: string, at: number): void {
    this.#posted.set(leadId, at);
  }

  announced(leadId: string): void {
    this.#announced.set(leadId, performance.now());
    this.#told.get(leadId)?.();
  }

  whenAnnounced(leadId: string): Promise<void> {
    return this.#announced.has(leadId) ? Promise.resolve() : new Promise((resolve) => this.#told.set(leadId, resolve));
  }

  percentiles(leadIds: readonly string[]): string {
    const ms = leadIds
      .map((leadId) => (this.#announced.get(leadId) ?? Number.NaN) - (this.#posted.get(leadId) ?? 0))
      .filter((each) => !Number.isNaN(each))
      .sort((a, b) => a - b);
    const at = (share: number) => ms[Math.min(ms.length - 1, Math.floor(ms.length * share))]?.toFixed(0) ?? '–';
    return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms`;
  }
}

interface Costs {
  totals: { tableWriteUnits: number; tableReadUnits: number };
  perLeadAndStep: Record<string, { tableWrites: number; tableReads: number }>;
}

/** Leads the whole way: one by one, many at once, and one by one again among all these. Says whether every one was placed. */
export async function benchWay(
  runtime: Runtime,
  idle: number,
  burst: number,
): Promise<{ ok: boolean; section: Section }> {
  const client = clientOf(runtime.url);
  await seed(client);
  const admin = await bearer(client, { role: 'admin' });
  for (const { employeeId } of employees.filter(({ managerId }) => managerId !== undefined)) {
    await client.call('PUT', `/reps/${employeeId}`, { capacity: 10_000 }, admin);
  }
  const { web = '' } = await keysOf(client);
  const watch = new Stopwatch();
  runtime.onSent(({ leadId, channel }) => {
    if (leadId !== undefined && channel === 'push') watch.announced(leadId);
  });
  let number = 0;
  const post = async (): Promise<string> => {
    number += 1;
    const began = performance.now();
    const { leadId } = (await client.call('POST', '/leads/web', form(number), { 'x-api-key': web })) as {
      leadId: string;
    };
    watch.posted(leadId, began);
    return leadId;
  };
  const oneByOne = async (): Promise<Line> => {
    const before = await costs(client);
    const leads: string[] = [];
    while (leads.length < idle) {
      const leadId = await post();
      await watch.whenAnnounced(leadId);
      leads.push(leadId);
    }
    await runtime.idle(60_000);
    const after = await costs(client);
    const each = (unit: keyof Costs['totals']) => ((after.totals[unit] - before.totals[unit]) / idle).toFixed(1);
    return {
      what: `one by one, ${number - idle} leads in the table: posted → owner told`,
      figure: watch.percentiles(leads),
      beside: `${each('tableWriteUnits')} write and ${each('tableReadUnits')} read units a lead`,
    };
  };

  await watch.whenAnnounced(await post()); // warm
  const first = await oneByOne();
  const many: string[] = [];
  const began = performance.now();
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (many.length < burst) {
        const slot = many.push('') - 1;
        many[slot] = await post();
      }
    }),
  );
  const accepted = performance.now() - began;
  const quiet = await runtime.idle(600_000);
  const whole = performance.now() - began;
  const lost = await notPlaced(client, many, admin);
  const again = await oneByOne();
  const perSecond = (ms: number) => rate((burst * 1000) / ms);
  return {
    ok: quiet && lost === 0,
    section: {
      title: 'A lead the whole way, on the local runtime',
      lines: [
        first,
        {
          what: `${burst} at once, over ${CONNECTIONS} connections`,
          figure: `${perSecond(accepted)} accepted, ${perSecond(whole)} the whole way`,
          beside: `${watch.percentiles(many)}; not placed: ${lost}`,
        },
        again,
      ],
    },
  };
}

const costs = async (client: Client): Promise<Costs> => (await client.call('GET', '/_local/cost')) as Costs;

async function notPlaced(client: Client, leadIds: readonly string[], admin: Record<string, string>): Promise<number> {
  let lost = 0;
  for (const leadId of leadIds) {
    const { status } = (await client.call('GET', `/leads/${leadId}`, undefined, admin)) as { status: string };
    if (status !== 'assigned') lost += 1;
  }
  return lost;
}
