import { type IncomingMessage, STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { adminChannels, dealChannels, staffChannels } from '../../shared/notice/rules.ts';
import { sourceKey } from '../../shared/platform/secrets.ts';
import { milliseconds } from '../../shared/sla/duration.ts';
import { bodyOf, headersOf, json, type Reply } from './backplane.ts';
import type { Clock } from './clock.ts';

import { type Faults, faultKinds } from './faults.ts';
import type { Files } from './files.ts';
import type { Meter } from './meter.ts';
import type { Issuer } from './oidc.ts';
import type { Outbox } from './outbox.ts';
import type { Schedules } from './schedules.ts';
import type { Secrets } from './secrets.ts';
import { vendorOf } from './vendors.ts';

/** What the control calls act on. */
export interface Controlled {
  clock: Clock;
  faults: Faults;
  meter: Meter;
  issuer: Issuer;
  outbox: Outbox;
  schedules: Schedules;
  secrets: Secrets;
  files: Files;
  functionNames: readonly string[];
  /** The queues, and putting a message into one. */
  queueNames: readonly string[];
  send: (queue: string, body: string) => void;
  /** True once nothing is in flight; false when that took longer. */
  idle: (timeoutMs: number) => Promise<boolean>;
  /** Waits until nothing can go on without time passing. */
  settle: () => Promise<void>;
}

/** Everything that sends us something has a key by this name. */
const sources = [
  'web',
  'hr',
  'scim',
  'google-ads',
  'meta',
  'linkedin',
  'tiktok',
  'ocean-engine',
  'baidu',
  'tencent-ads',
  'import',
  'hubspot',
  'standard',
];

const problem = (status: number, detail: string, path = ''): Reply =>
  json(
    status,
    {
      type: 'about:blank',
      title: STATUS_CODES[status] ?? 'Error',
      status,
      detail,
      errors: path ? [{ path, message: detail }] : [],
    },
    'application/problem+json',
  );

const token = z.object({
  role: z.enum(['admin', 'supervisor', 'rep']),
  repId: z.string().optional(),
  teamId: z.string().optional(),
});
const fault = z.object({
  target: z
    .string()
    .regex(
      /^(table|queue|bus|channel:[\w-]+|function:[\w-]+)$/,
      'table, queue, bus, channel:<name> or function:<name>',
    ),
  fault: z.enum(faultKinds),
  rate: z.number().min(0).max(1).default(1),
  count: z.int().min(1).optional(),
});

/** What may be named after `channel:`: channels by their names in the outbox. */
const channelNames: readonly string[] = [
  ...new Set([...staffChannels, ...adminChannels, ...dealChannels].map((name) => vendorOf(name).channel ?? name)),
];

type Call = { query: URLSearchParams; body: () => Promise<unknown>; raw: Buffer; rest: string };

/** A roster that is dropped may be large. */
const LARGEST = 64 * 1024 * 1024;

/** So far the clock is moved at once, in milliseconds. */
const FURTHEST = 366 * 24 * 3600 * 1000;

/** The local-only calls under `/_local`. */
export function control(on: Controlled) {
  const routes: Record<string, (call: Call) => Promise<Reply>> = {
    'GET /outbox': async ({ query }) => {
      const since = query.get('since') || undefined;
      const moment = since === undefined ? undefined : new Date(since);
      if (Number.isNaN(moment?.getTime())) return problem(400, 'since is a time in ISO 8601', 'since');
      return json(200, { items: on.outbox.since(moment?.toISOString()) });
    },
    'GET /keys': async () => {
      const secret = Object.values(on.secrets.values())[0] ?? {};
      return json(200, Object.fromEntries(sources.map((source) => [source, sourceKey(secret, source)])));
    },
    'POST /token': async ({ body }) => {
      const asked = token.safeParse(await body());
      if (!asked.success) return refuse(asked.error);
      return json(200, { token: await on.issuer.token(asked.data) });
    },
    'GET /clock': async () => json(200, { now: on.clock.now().toISOString() }),
    'POST /clock': async ({ body }) => {
      const said = (await body()) as { advance?: unknown } | undefined;
      const ms = milliseconds(String(said?.advance));
      if (ms === undefined) return problem(400, 'advance is an ISO 8601 duration such as PT2H', 'advance');
      if (ms > FURTHEST) return problem(400, 'at most 366 days at once: each schedule on the way is run', 'advance');
      await on.schedules.advanceTo(new Date(on.clock.now().getTime() + ms), on.settle);
      on.clock.persist();
      return json(200, { now: on.clock.now().toISOString() });
    },
    'POST /schedules': async ({ rest }) => {
      if (await on.schedules.runNow(rest)) return json(200, { ran: rest });
      return problem(404, `no schedule ${rest}; there are ${on.schedules.names().join(', ')}`);
    },
    'GET /faults': async () => json(200, { items: on.faults.list(), struck: on.faults.struck() }),
    'POST /faults': async ({ body }) => {
      const asked = fault.safeParse(await body());
      if (!asked.success) return refuse(asked.error);
      const [kind, named = ''] = asked.data.target.split(':');
      if (kind === 'function' && !on.functionNames.includes(named))
        return problem(400, `no function ${named}; there are ${on.functionNames.join(', ')}`, 'target');
      if (kind === 'channel' && !channelNames.includes(named))
        return problem(400, `no channel ${named}; there are ${channelNames.join(', ')}`, 'target');
      on.faults.arm(asked.data);
      return json(200, asked.data);
    },
    'DELETE /faults': async () => {
      on.faults.clear();
      return json(200, { items: [] });
    },
    'GET /queues': async () => json(200, { items: on.queueNames }),
    'POST /queues': async ({ rest, raw }) => {
      if (!on.queueNames.includes(rest)) return problem(404, `no queue ${rest}; there are ${on.queueNames.join(', ')}`);
      on.send(rest, raw.toString('utf8'));
      return json(200, { queue: rest });
    },
    'GET /idle': async ({ query }) => {
      const seconds = Number(query.get('timeout') ?? 30);
      if (!(seconds >= 0 && seconds <= 3600))
        return problem(400, 'timeout is a number of seconds up to 3600', 'timeout');
      return (await on.idle(seconds * 1000))
        ? json(200, { idle: true })
        : problem(503, `still busy after ${seconds} s`);
    },
    'GET /files': async ({ rest, query }) => {
      if (rest === '') return json(200, { items: await on.files.list(query.get('prefix') ?? '') });
      const bytes = await on.files.read(rest);
      if (!bytes) return problem(404, `there is no file ${rest}`);
      return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: Buffer.from(bytes) };
    },
    'PUT /files': async ({ rest, raw }) => {
      if (rest === '') return problem(400, 'name a file, such as /_local/files/hr/inbox/roster.csv', 'name');
      await on.files.write(rest, raw);
      return json(200, { key: rest, bytes: raw.length });
    },
    'GET /cost': async () => json(200, on.meter.report()),
  };

  return async (request: IncomingMessage): Promise<Reply> => {
    const url = new URL(request.url ?? '/', 'http://local');
    const [, , name = '', ...rest] = url.pathname.split('/');
    const raw = await bodyOf(request, LARGEST);
    if (!raw) return problem(413, 'at most 64 MiB', 'body');
    if (name === 'oidc') {
      const form = new URLSearchParams(raw.toString('utf8'));
      const asked = { method: request.method ?? 'GET', path: `/${rest.join('/')}`, query: url.searchParams, form };
      return (await on.issuer.serve(asked)) ?? problem(404, 'nothing here');
    }
    if (name === 'channels')
      return on.outbox.chat({ path: rest, query: url.searchParams, headers: headersOf(request), body: raw });
    const route = routes[`${request.method} /${name}`];
    if (!route) return problem(404, 'there is no such local call');
    try {
      const body = async () => (raw.length === 0 ? undefined : JSON.parse(raw.toString('utf8')));
      return await route({ query: url.searchParams, rest: decodeURIComponent(rest.join('/')), raw, body });
    } catch (error) {
      if (error instanceof SyntaxError) return problem(400, 'the body is not JSON', 'body');
      if (error instanceof URIError) return problem(400, 'the address holds a % that encodes nothing');
      throw error;
    }
  };
}

function refuse(error: z.ZodError): Reply {
  const [issue] = error.issues;
  return problem(400, issue?.message ?? 'not valid', issue?.path.join('.'));
}
