import { describe, expect, it } from 'vitest';
import { sources } from '../../../functions/intake/sources/index.ts';
import type { Call } from '../../../shared/platform/http-step.ts';

const body = Buffer.from('{"a":1}');
const at = new Date(1700000000000);
const call = (headers: Record<string, string>, but: Partial<Call> = {}): Call => ({
  method: 'POST',
  path: '/hooks/hubspot',
  params: {},
  query: {},
  headers,
  body,
  ...but,
});
const minutes = (count: number) => new Date(at.getTime() + count * 60_000);

/** Vectors as the formats give them. `{"a":1}`, at 1700000000. */
const vectors: [string, string, Record<string, string>][] = [
  [
    'meta',
    'app-secret',
    { 'x-hub-signature-256': 'sha256=a2ac6607a24977f9757e6d78319ae1660ad42ffeee0ee3f0dff30a92bcf85448' },
  ],
  [
    'linkedin',
    'client-secret',
    { 'x-li-signature': '27417d236855e1c22ea05d6497121fe759fcf90caa7b5dbb8b18e7d7b2c0ef73' },
  ],
  [
    'tiktok',
    'client-secret',
    { 'tiktok-signature': 't=1700000000,s=17fc3fa685c5ee658a919891d612591199deee3b4bb70bcea5046aeb8a36be92' },
  ],
  [
    'hubspot',
    'client-secret',
    {
      host: 'crm.example.com',
      'x-hubspot-request-timestamp': '1700000000000',
      'x-hubspot-signature-v3': 'p6J4eRv4amAAMwV5olM0ISkv9oESBLfAtyfrvFeUjzs=',
    },
  ],
  [
    'standard',
    'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3',
    {
      'webhook-id': 'msg_1',
      'webhook-timestamp': '1700000000',
      'webhook-signature': 'v1a,other v1,nonsense v1,WUgAXU8H0NQ1/7M+TtMwKma2b74a3/TCgekiM3YUdN8=',
    },
  ],
];
const timed = vectors.filter(([name]) => ['tiktok', 'hubspot', 'standard'].includes(name));

describe('signatures', () => {
  it.each(vectors)('of %s are known by their published form', (name, secret, headers) => {
    expect(sources.get(name)?.verify(call(headers), { [name]: secret }, at)).toBe('signature');
  });

  it.each(vectors)('of %s do not fit another body, another secret, or nothing', (name, secret, headers) => {
    const verify = (of: Call, key: string) => () => sources.get(name)?.verify(of, { [name]: key }, at);
    expect(verify(call(headers, { body: Buffer.from('{"a":2}') }), secret)).toThrow();
    expect(verify(call(headers), 'whsec_b3RoZXItb3RoZXItb3RoZXItb3RoZXI=')).toThrow();
    expect(verify(call({ host: 'crm.example.com' }), secret)).toThrow();
  });

  it.each(timed)('of %s are refused when they are older than five minutes, or dated ahead', (name, secret, headers) => {
    const verify = (now: Date) => () => sources.get(name)?.verify(call(headers), { [name]: secret }, now);
    expect(verify(minutes(4))()).toBe('signature');
    expect(verify(minutes(6))).toThrow(/five minutes/);
    expect(verify(minutes(-6))).toThrow(/five minutes/);
  });

  it('LinkedIn’s challenge is answered', () => {
    const asked = call({}, { method: 'GET', query: { challengeCode: '890e4665-4dfe-4ab1-b689-ed553bceeed0' } });
    expect(sources.get('linkedin')?.handshake?.(asked, { linkedin: 'client-secret' })).toMatchObject({
      status: 200,
      body: { challengeResponse: '8ab4bbad570533d66462deba280bde93c1cad8b543e7f526d3e962acaf6c391a' },
    });
  });

  it('an open-platform push is known by its signature, and its challenge comes back digit for digit', () => {
    const expected = 'a2ac6607a24977f9757e6d78319ae1660ad42ffeee0ee3f0dff30a92bcf85448';
    const source = sources.get('ocean-engine');
    expect(source?.verify(call({ 'x-signature': expected }), { 'ocean-engine': 'app-secret' }, at)).toBe('signature');
    const asked = call({}, { body: Buffer.from('{"event":"verify_webhook","challenge":9223372036854775807}') });
    expect(source?.handshake?.(asked, {})?.raw?.body).toBe(
      '{"BaseResp":{"StatusCode":200,"StatusMessage":""},"challenge":9223372036854775807}',
    );
  });
});
