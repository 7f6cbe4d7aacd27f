import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { withCors } from '../../../scripts/local/cors.ts';

const called: string[] = [];
const call = async (cors: Parameters<typeof withCors>[0], method: string, headers: Record<string, string>) => {
  const answering = withCors(cors, async ({ method: by = '' }) => {
    called.push(by);
    return { status: 202, headers: { 'content-type': 'application/json' }, body: Buffer.from('{}') };
  });
  called.splice(0);
  return answering({ method, headers } as unknown as IncomingMessage);
};
const site = 'https://example.com';
const preflight = { origin: site, 'access-control-request-method': 'POST' };
const open = { AllowOrigins: ['*'], AllowMethods: ['POST'], AllowHeaders: ['x-api-key'], MaxAge: 60 };

it('a browser that asks first is answered what it may, and nobody else is troubled', async () => {
  expect(await call(open, 'OPTIONS', preflight)).toMatchObject({
    status: 204,
    headers: {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'x-api-key',
      'access-control-max-age': '60',
    },
  });
  expect(called).toEqual([]);
});

it('each answer to another origin says that it may be read; to callers without an origin nothing is said', async () => {
  const shown = await call({ ...open, ExposeHeaders: ['retry-after'] }, 'POST', { origin: site });
  expect(shown.headers).toMatchObject({
    'content-type': 'application/json',
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'retry-after',
  });
  expect((await call(open, 'POST', {})).headers).toEqual({ 'content-type': 'application/json' });
});

it('an origin that is not named may neither ask nor read; without a configuration none may', async () => {
  const named = { ...open, AllowOrigins: ['https://other.example'] };
  expect((await call(named, 'OPTIONS', preflight)).headers).toEqual({});
  expect((await call(named, 'POST', { origin: site })).headers).not.toHaveProperty('access-control-allow-origin');
  expect(await call(undefined, 'OPTIONS', preflight)).toMatchObject({ status: 202 });
  expect(called).toEqual(['OPTIONS']);
});
