import SCIMMY from 'scimmy';
import type { Answer, Call } from '../../shared/platform/http-step.ts';
import { refusal } from './schema.ts';

const TYPE = 'application/scim+json';
/** More than any one user's attributes, in bytes. */
const LARGEST = 256 * 1024;

/** The address of the service, as the provider called it. */
export function baseOf({ headers }: Call): string {
  const host = headers.host ?? 'localhost';
  const local = /^(127\.|localhost|\[::1\])/.test(host);
  return `${headers['x-forwarded-proto'] ?? (local ? 'http' : 'https')}://${host}/scim/v2`;
}

/** An answer as SCIM has them. */
export const answered = (status: number, body: object, headers: Record<string, string> = {}): Answer => ({
  status,
  raw: { type: TYPE, body: JSON.stringify(body) },
  headers,
});

/** A whole number of the address. @throws a refusal for anything else */
export function whole(call: Call, name: string, otherwise: number): number {
  const said = call.query[name];
  if (said === undefined) return otherwise;
  if (!/^-?\d{1,9}$/.test(said)) throw refusal(400, 'invalidValue', `${name} is a whole number`);
  return Number(said);
}

/** The JSON object that a call carries. @throws a refusal */
export function bodyOf({ headers, body }: Call): object {
  const [type = ''] = (headers['content-type'] ?? TYPE).toLowerCase().split(';');
  if (!/^application\/(scim\+)?json$/.test(type.trim())) throw refusal(415, '', `send ${TYPE}`);
  if (body.length > LARGEST) throw refusal(413, 'tooMany', 'at most 256 KiB');
  let said: unknown;
  try {
    said = JSON.parse(body.toString('utf8'));
  } catch {
    throw refusal(400, 'invalidSyntax', 'the body is not JSON');
  }
  if (typeof said !== 'object' || said === null || Array.isArray(said))
    throw refusal(400, 'invalidSyntax', 'the body is no object');
  return said;
}

/** What is refused, in SCIM's words. @throws what is no refusal */
export function refusedInScim(error: unknown): Answer {
  if (!(error instanceof SCIMMY.Types.Error)) throw error;
  const { status, scimType, message } = error as Error & { status: number; scimType?: string | null };
  const body = {
    schemas: [SCIMMY.Messages.ErrorResponse.id],
    status: String(status),
    ...(scimType ? { scimType } : {}),
    detail: message,
  };
  return answered(Number(status), body, Number(status) === 401 ? { 'www-authenticate': 'Bearer' } : {});
}
