import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand, PutItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, expect, vi } from 'vitest';
import { bearer, clientOf, keysOf } from '../scripts/demo/client.ts';
import { peopleOf } from '../scripts/demo/people.ts';
import { developmentSecrets } from '../scripts/demo/secrets.ts';
import { seed } from '../scripts/demo/seed.ts';
import type { Sent } from '../scripts/local/outbox.ts';
import { type Runtime, startRuntime } from '../scripts/local/runtime.ts';
import { packed, unpacked } from '../shared/audit/packing.ts';
import type { AuditRecord } from '../shared/audit/record.ts';
import { synthesized } from './synthesized.ts';

/** An answer of the system: its status and its JSON. */
export interface Answered<T = Record<string, unknown>> {
  status: number;
  body: T;
  headers: Headers;
}

/** A lead as the API shows it; the fields that tests look at. */
export interface ShownLead {
  leadId: string;
  status: string;
  cause?: string;
  duplicateOf?: string;
  contact: { name?: string; phone?: string };
  owner: { repId: string; name: string; teamId: string } | null;
  score: {
    value: number;
    grade: string;
    points: { rule: string; points: number; because: string }[];
    version: number;
  } | null;
  sla: {
    level: string;
    receivedAt: string;
    firstContactAt: string | null;
    supervisorDueAt: string;
    exceptionDueAt: string;
  };
  stage: { name: string; since: string; stuck: boolean };
  timeline: { at: string; type: string; detail: Record<string, unknown> }[];
  notices: { about: string; at: string; channel: string; state: string }[];
}

const DAY = 24 * 3600_000;

/**
 * Milliseconds until a morning in the middle of the week and of the next month: wherever a test begins, the day, the week and the
 * month do not end on the way.
 */
function untilMidMonth(now: Date): number {
  const middle = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 14, 2);
  const days = (3 - new Date(middle).getUTCDay() + 7) % 7;
  return middle + days * DAY - now.getTime();
}

/** The whole system on the local runtime, as outsiders see it. */
export class System {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'leadkeeper-system-'));
  #runtime: Runtime | undefined;
  keys: Record<string, string> = {};
  /** Laid over the secret; to be set before the start. */
  secrets: Record<string, string> = {};
  #admin: Record<string, string> = {};

  get runtime(): Runtime {
    if (!this.#runtime) throw new Error('the system is not running');
    return this.#runtime;
  }

  async start(): Promise<void> {
    const clock = join(this.dataDir, 'clock.json');
    if (!existsSync(clock)) writeFileSync(clock, JSON.stringify({ offset: untilMidMonth(new Date()) }));
    this.#runtime = await startRuntime({
      assembly: await synthesized(),
      dataDir: this.dataDir,
      port: 0,
      people: peopleOf,
      secretOverlay: (url) => ({ ...developmentSecrets(url), ...this.secrets }),
    });
    const client = clientOf(this.runtime.url);
    this.keys = await keysOf(client);
    this.#admin = await bearer(client, { role: 'admin' });
  }

  async demoCompany(): Promise<void> {
    await seed(clientOf(this.runtime.url));
  }

  async stop(): Promise<void> {
    await this.#runtime?.close();
    this.#runtime = undefined;
  }

  async call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = this.#admin,
  ): Promise<Answered<T>> {
    const answer = await fetch(`${this.runtime.url}${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      signal: AbortSignal.timeout(80_000),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text === '' ? undefined : JSON.parse(text)) as T, headers: answer.headers };
  }

  /** Posts a web form. */
  post(
    form: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answered<{ leadId: string; status: string; duplicateOf?: string }>> {
    return this.call('POST', '/leads/web', form, { 'x-api-key': this.keys.web ?? '', ...headers });
  }

  /** Posts a form that is taken, and waits until nothing is in flight. */
  async lead(form: unknown): Promise<string> {
    const { status, body } = await this.post(form);
    expect(status).toBe(202);
    await this.idle();
    return body.leadId;
  }

  async show(leadId: string): Promise<ShownLead> {
    const { status, body } = await this.call<ShownLead>('GET', `/leads/${leadId}`);
    expect(status).toBe(200);
    return body;
  }

  /** HR pushes changes. */
  async hr(...employees: Record<string, unknown>[]): Promise<Answered> {
    const answer = await this.call(
      'POST',
      '/hr/employees',
      { mode: 'delta', employees },
      { 'x-api-key': this.keys.hr ?? '' },
    );
    await this.idle();
    return answer;
  }

  async idle(): Promise<void> {
    expect(await this.runtime.idle(60_000)).toBe(true);
  }

  /** The time (ISO 8601) so many hours from now, by its clock. */
  async later(hours: number): Promise<string> {
    const { body } = await this.call<{ now: string }>('GET', '/_local/clock');
    return new Date(Date.parse(body.now) + hours * 3600_000).toISOString();
  }

  async advance(duration: string): Promise<void> {
    expect((await this.call('POST', '/_local/clock', { advance: duration })).status).toBe(200);
    await this.idle();
  }

  async outbox(leadId?: string): Promise<Sent[]> {
    const { body } = await this.call<{ items: Sent[] }>('GET', '/_local/outbox');
    return body.items.filter((message) => leadId === undefined || message.leadId === leadId);
  }

  /** The table behind the system's back. */
  #table() {
    const [TableName = ''] = this.runtime.tableNames;
    const client = new DynamoDBClient({
      endpoint: this.runtime.tableEndpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    return { client, TableName };
  }

  /** All items of the table. */
  async items(): Promise<({ pk: string; sk: string } & Record<string, unknown>)[]> {
    const { client, TableName } = this.#table();
    const items: ({ pk: string; sk: string } & Record<string, unknown>)[] = [];
    for await (const { Items = [] } of paginateScan({ client }, { TableName }))
      items.push(...Items.map((item) => unmarshall(item) as { pk: string; sk: string }));
    client.destroy();
    return items;
  }

  /** Changes an audit record behind the system's back. */
  async tamper(leadId: string, change: (record: AuditRecord) => AuditRecord): Promise<void> {
    const { client, TableName } = this.#table();
    const Key = { pk: { S: `LEAD#${leadId}` }, sk: { S: 'DECISION#000001' } };
    const { Item } = await client.send(new GetItemCommand({ TableName, Key }));
    const forged = packed(change(unpacked(Item?.packed?.B ?? new Uint8Array())));
    await client.send(new PutItemCommand({ TableName, Item: { ...Item, packed: { B: forged } } }));
    client.destroy();
  }

  async token(person: {
    role: 'admin' | 'supervisor' | 'rep';
    repId?: string;
    teamId?: string;
  }): Promise<Record<string, string>> {
    return { ...(await bearer(clientOf(this.runtime.url), person)) };
  }

  dispose(): void {
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** A running system for the tests of a file. */
export function useSystem(company: 'demo' | 'empty' = 'demo'): System {
  const system = new System();
  vi.setConfig({ testTimeout: 120_000 });
  beforeAll(async () => {
    await system.start();
    if (company === 'demo') await system.demoCompany();
  });
  afterAll(async () => {
    await system.stop();
    system.dispose();
  });
  return system;
}

let phones = 13_900_100_000;

/** A form of somebody new, posted from a place in Suzhou Industrial Park unless told otherwise. */
export function form(but: Record<string, unknown> = {}): Record<string, unknown> {
  phones += 1;
  return {
    contact: { name: '王芳', phone: String(phones) },
    location: { point: { lng: 120.73, lat: 31.26, crs: 'GCJ02' } },
    ...but,
  };
}

/** Places outside every territory of the demo company, and in Shanghai's Puxi. */
export const nowhere = { location: { point: { lng: 10, lat: 50 } } };
export const puxi = { location: { point: { lng: 121.45, lat: 31.23 } } };
