import { type Fuzzed, keyed, signed } from './calls.ts';
import type { House, Traces } from './house.ts';

/** What was answered. */
export interface Answered {
  status: number;
  type: string;
  body: string;
}

/** A promise that a call broke. */
export class Broken extends Error {
  override readonly name = 'Broken';
}

/** What may be written for a call that is refused: what came, for an admin to see, and how many came. */
const KEPT = /^(INTAKE-QUARANTINE|RATE#)/;
/** What says that the same came before. */
const BEFORE = /^(IDEMPOTENCY|INTAKE-QUARANTINE|IMPORT|CONTACT)#/;

const jsonIn = (text: string): Record<string, unknown> | undefined => {
  try {
    const read = JSON.parse(text) as unknown;
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
};

/** Calls the handler of the step, signed as it should be. */
export async function ask(house: House, call: Fuzzed, at: Date): Promise<{ answered: Answered; traces: Traces }> {
  const whole = { ...call, body: keyed(call, house.secret) };
  const query = Object.entries(call.query).map(([name, value]): [string, string] => [name, value.toWellFormed()]);
  const event = {
    version: '2.0',
    routeKey: `${call.method} ${call.path}`,
    rawPath: call.path,
    rawQueryString: String(new URLSearchParams(query)),
    queryStringParameters: call.query,
    pathParameters: call.params,
    headers: { ...call.headers, ...signed(whole, house.secret, at) },
    requestContext: { http: { method: call.method, path: call.path, sourceIp: '127.0.0.1' }, requestId: 'fuzz' },
    body: whole.body.toString('base64'),
    isBase64Encoded: true,
  };
  const context = { getRemainingTimeInMillis: () => 10_000, awsRequestId: 'fuzz', functionName: call.step };
  const { result, traces } = await house.watching(() => house.handlerOf(call.step)(event, context));
  const headers = Object.fromEntries(
    Object.entries(result.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return {
    answered: { status: result.statusCode, type: headers['content-type'] ?? '', body: result.body ?? '' },
    traces,
  };
}

/**
 * Never a 5xx; what is refused is problem+json that names a field, and changes nothing; what is taken is stored, or was before.
 * @throws Broken
 */
export async function mustHold(
  house: House,
  call: Fuzzed,
  { status, type, body }: Answered,
  traces: Traces,
): Promise<void> {
  const said = `${status} ${body.slice(0, 300)}`;
  if (status >= 500) throw new Broken(`answered ${said}`);
  if (status >= 400) {
    const written = traces.wrote.filter((pk) => !KEPT.test(pk));
    if (written.length > 0) throw new Broken(`refused with ${said}, and wrote ${written.join(', ')}`);
    const json = jsonIn(body);
    if (call.step === 'scim') {
      if (!type.startsWith('application/scim+json') || typeof json?.detail !== 'string')
        throw new Broken(`refused with ${type} ${said}, which is no SCIM error`);
      return;
    }
    if (!type.startsWith('application/problem+json') || json?.status !== status)
      throw new Broken(`refused with ${type} ${said}, which is no problem+json`);
    const named = Array.isArray(json.errors) && json.errors.length > 0;
    if (!named && [400, 413, 415, 422].includes(status)) throw new Broken(`refused with ${said}, which names no field`);
    return;
  }
  if (call.step === 'intake') await mustBeKept(house, call, said, jsonIn(body), traces);
}

/** What was answered with 2xx is there. */
async function mustBeKept(
  house: House,
  call: Fuzzed,
  said: string,
  receipt: Record<string, unknown> | undefined,
  traces: Traces,
): Promise<void> {
  const { leadId, quarantineId, importId } = receipt ?? {};
  const is = async (pk: string, sk: string) => {
    if (!(await house.has(pk, sk))) throw new Broken(`answered ${said}, and there is no ${pk}`);
  };
  if (leadId !== undefined) return is(`LEAD#${String(leadId)}`, 'LEAD');
  if (quarantineId !== undefined) return is(`INTAKE-QUARANTINE#${String(quarantineId)}`, 'DELIVERY');
  if (importId !== undefined) return is(`IMPORT#${String(importId)}`, 'IMPORT');
  const asked = call.method === 'GET' || call.body.includes('verify_webhook');
  const kept = traces.wrote.some((pk) => !pk.startsWith('RATE#')) || traces.found.some((pk) => BEFORE.test(pk));
  if (!asked && !kept) throw new Broken(`answered ${said}, and kept nothing of it`);
}
