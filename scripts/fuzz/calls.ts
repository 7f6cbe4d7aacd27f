import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'node:path';
import fc from 'fast-check';
import { type Secret, sourceKey } from '../../shared/platform/secrets.ts';
import { anything, nearTo, nearToText } from './mutate.ts';

/** A call as it reaches the address of a step, before it is signed. */
export interface Fuzzed {
  /** The step whose handler is called. */
  step: string;
  /** Whose call it is, for the counts. */
  from: string;
  method: string;
  path: string;
  params: Record<string, string>;
  query: Record<string, string>;
  headers: Record<string, string>;
  body: Buffer;
}

const types = [
  'application/json',
  'application/json; charset=gbk',
  'application/x-www-form-urlencoded',
  'application/x-www-form-urlencoded; charset=gbk',
  'multipart/form-data; boundary=b',
  'multipart/form-data',
  'text/csv',
  'application/x-ndjson',
  'text/plain',
  '\u0000',
  '',
];
const texts: Record<string, string[]> = {
  web: [
    'name=A&tel=13800138000&company=%E5%B7%A5%E5%8E%82',
    '--b\r\nContent-Disposition: form-data; name="tel"\r\n\r\n13800138000\r\n--b--\r\n',
  ],
};

/** The types that a source's own senders say, more often than any other. */
const typeFor = (usual: string): fc.Arbitrary<string> =>
  fc.oneof({ arbitrary: fc.constant(usual), weight: 6 }, { arbitrary: fc.constantFrom(...types), weight: 1 });
/** Mostly left out: once in so many times it is there. */
const maybe = (arbitrary: fc.Arbitrary<string>, often: number): fc.Arbitrary<string | undefined> =>
  fc.oneof({ arbitrary: fc.constant(undefined), weight: often - 1 }, { arbitrary, weight: 1 });
const only = (fields: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
const word = fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom('constructor', '__proto__', 'x'.repeat(300)));

/** Calls of one source of leads: near to its sample, or anything. */
function fromSource(source: string, sample: string): fc.Arbitrary<Fuzzed> {
  const csv = source === 'import';
  const near = csv
    ? nearToText([sample, 'name,phone\nA,13800138000\n', '{"name":"A"}\n{"name":'])
    : nearTo([JSON.parse(sample)]);
  const own = texts[source];
  return fc
    .record({
      body: fc.oneof(
        { arbitrary: near, weight: 6 },
        { arbitrary: anything, weight: 2 },
        ...(own ? [{ arbitrary: nearToText(own), weight: 3 }] : []),
      ),
      type: typeFor(csv ? 'text/csv' : 'application/json'),
      form: maybe(word, 5),
      key: maybe(word, 4),
      packed: maybe(fc.constantFrom('gzip', 'br', 'identity', 'constructor'), 20),
      method: fc.constantFrom('POST', 'POST', 'POST', 'POST', 'GET'),
    })
    .map(({ body, type, form, key, packed, method }) => ({
      step: 'intake',
      from: source,
      method,
      path: `/leads/${source}`,
      params: { source },
      query: only({ form }),
      headers: only({ 'content-type': type, 'idempotency-key': key, 'content-encoding': packed }),
      body,
    }));
}

const roster = {
  mode: 'delta',
  asOf: '2026-11-02T02:00:00.000Z',
  employees: [
    { employeeId: 'e-1', name: '李雷', status: 'active', phone: '13800138000', teamId: 'east' },
    { employeeId: 'e-2', name: '韩梅梅', status: 'on-leave', until: '2026-12-01' },
  ],
};
const rosterFile = '工号,姓名,状态,手机\ne-1,李雷,在职,13800138000\ne-2,"韩,梅梅",休假,\n';

const hr: fc.Arbitrary<Fuzzed> = fc
  .record({
    file: fc.boolean(),
    json: fc.oneof({ arbitrary: nearTo([roster]), weight: 4 }, { arbitrary: anything, weight: 1 }),
    csv: fc.oneof({ arbitrary: nearToText([rosterFile]), weight: 4 }, { arbitrary: anything, weight: 1 }),
    mode: fc.constantFrom('delta', 'delta', 'full', 'x', undefined),
    asOf: maybe(word, 5),
  })
  .map(({ file, json, csv, mode, asOf }) => ({
    step: 'hr-sync',
    from: file ? 'hr (CSV)' : 'hr (JSON)',
    method: 'POST',
    path: '/hr/employees',
    params: {},
    query: only({ mode, asOf }),
    headers: { 'content-type': file ? 'text/csv' : 'application/json' },
    body: file ? csv : json,
  }));

const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
const user = {
  schemas: [CORE],
  userName: 'li.lei@example.com',
  externalId: 'x-1',
  name: { givenName: 'Lei', familyName: 'Li' },
  emails: [{ value: 'li.lei@example.com', type: 'work', primary: true }],
  active: true,
};
const patch = {
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [
    { op: 'replace', path: 'emails[type eq "work"].value', value: 'a@example.com' },
    { op: 'Replace', path: 'active', value: 'False' },
    { op: 'add', value: { nickName: 'L', 'name.givenName': 'L' } },
    { op: 'remove', path: 'externalId' },
  ],
};
const filters = [
  'userName eq "li.lei@example.com"',
  'emails[type eq "work" and value co "@"] or not (active eq false)',
  'urn:ietf:params:scim:schemas:core:2.0:User:name.givenName sw "L"',
  'meta.lastModified gt "2026-01-01T00:00:00Z"',
];

const scim: fc.Arbitrary<Fuzzed> = fc
  .oneof(
    nearTo([user]).map((body) => ({ method: 'POST', rest: '/Users', query: {}, body })),
    nearTo([patch]).map((body) => ({ method: 'PATCH', rest: '/Users/x', query: {}, body })),
    nearTo([user]).map((body) => ({ method: 'PUT', rest: '/Users/x', query: {}, body })),
    nearToText(filters).map((filter) => ({
      method: 'GET',
      rest: '/Users',
      query: { filter: filter.toString('utf8') },
      body: Buffer.alloc(0),
    })),
    fc.record({
      method: fc.constantFrom('GET', 'DELETE', 'POST'),
      rest: word.map((text) => `/${text}`),
      body: anything,
      query: fc.constant({}),
    }),
  )
  .map(({ method, rest, query, body }) => ({
    step: 'scim',
    from: 'scim',
    method,
    path: `/scim/v2${rest}`,
    params: { proxy: rest.slice(1) },
    query,
    headers: { 'content-type': 'application/scim+json' },
    body,
  }));

const token = fc.oneof(
  word,
  fc.base64String({ maxLength: 60 }),
  nearToText(['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.']).map(String),
);
const customer: fc.Arbitrary<Fuzzed> = fc
  .record({
    portal: fc.boolean(),
    token,
    method: fc.constantFrom('GET', 'PUT'),
    body: fc.oneof(nearTo([{ repId: 'rep-li', score: 5, comment: 'fine' }]), anything),
  })
  .map(({ portal, token: shown, method, body }) => ({
    step: portal ? 'api' : 'api-appraisal',
    from: portal ? 'portal' : 'survey',
    method,
    path: `/${portal ? 'portal' : 'surveys'}/${encodeURIComponent(shown.toWellFormed())}`,
    params: { token: shown },
    query: {},
    headers: { 'content-type': 'application/json' },
    body,
  }));

/** Calls of all that speaks to Leadkeeper without being signed in. */
export function calls(samples = 'events/samples'): fc.Arbitrary<Fuzzed> {
  const sources = readdirSync(samples).map((file) =>
    fromSource(parse(file).name, readFileSync(`${samples}/${file}`, 'utf8')),
  );
  return fc.oneof(
    { arbitrary: fc.oneof(...sources), weight: 12 },
    { arbitrary: hr, weight: 2 },
    { arbitrary: scim, weight: 3 },
    { arbitrary: customer, weight: 1 },
  );
}

/** The headers by which a call shows whose it is: signed as that source signs, over the bytes as they are. */
export function signed({ from, step, body }: Fuzzed, secret: Secret, at: Date): Record<string, string> {
  const key = sourceKey(secret, step === 'intake' ? from : step === 'hr-sync' ? 'hr' : step);
  const seconds = String(Math.floor(at.getTime() / 1000));
  const hmac = (by: string | Buffer, ...parts: (string | Buffer)[]): Buffer => {
    const made = createHmac('sha256', by);
    for (const part of parts) made.update(part);
    return made.digest();
  };
  if (step === 'scim') return { authorization: `Bearer ${key}` };
  switch (from) {
    case 'meta':
      return { 'x-hub-signature-256': `sha256=${hmac(key, body).toString('hex')}` };
    case 'linkedin':
      return { 'x-li-signature': hmac(key, 'hmacsha256=', body).toString('hex') };
    case 'tiktok':
      return { 'tiktok-signature': `t=${seconds},s=${hmac(key, `${seconds}.`, body).toString('hex')}` };
    case 'hubspot': {
      const ms = String(at.getTime());
      const address = 'https://example.com/leads/hubspot';
      return {
        host: 'example.com',
        'x-hubspot-request-timestamp': ms,
        'x-hubspot-signature-v3': hmac(key, `POST${address}`, body, ms).toString('base64'),
      };
    }
    case 'standard': {
      const id = `msg_${createHmac('sha256', 'id').update(body).digest('hex').slice(0, 16)}`;
      const bytes = Buffer.from(key.replace(/^whsec_/, ''), 'base64');
      return {
        'webhook-id': id,
        'webhook-timestamp': seconds,
        'webhook-signature': `v1,${hmac(bytes, `${id}.${seconds}.`, body).toString('base64')}`,
      };
    }
    default:
      return { 'x-api-key': key };
  }
}

/** The body with the key in it, where a source's key stands there. */
export function keyed({ from, body }: Fuzzed, secret: Secret): Buffer {
  if (from !== 'google-ads') return body;
  const placeholder = 'the key of google-ads from GET /_local/keys';
  return body.includes(placeholder)
    ? Buffer.from(body.toString('utf8').replace(placeholder, sourceKey(secret, 'google-ads')))
    : body;
}
