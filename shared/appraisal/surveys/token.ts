import { createHmac, timingSafeEqual } from 'node:crypto';
import { ulidToUUID, uuidToULID } from 'ulid';

/** What a survey's link opens. */
export interface SurveyAccess {
  leadId: string;
  point: string;
}

const DAY = 24 * 3600 * 1000;
const DAYS = 30;
/** A token: the lead's id, the day until which it opens, and the seal: 35 characters, as many as a text message's value may have. */
const [ID, UNTIL, SEAL] = [16, 2, 8];

/** Sixty-four bits: nobody can try them out but by asking here. */
const sealOf = (head: Buffer, point: string, key: string): Buffer =>
  createHmac('sha256', key).update(head).update(point).digest().subarray(0, SEAL);

/** A link's token: whoever holds it may answer, once, for thirty days from `at` (until the end of that day, UTC). */
export function surveyToken(
  { leadId, point }: SurveyAccess,
  key: string,
  at: Date,
): { token: string; expiresAt: Date } {
  const until = Math.floor(at.getTime() / DAY) + DAYS + 1;
  const head = Buffer.alloc(ID + UNTIL);
  Buffer.from(ulidToUUID(leadId).replaceAll('-', ''), 'hex').copy(head);
  head.writeUInt16BE(until, ID);
  const token = Buffer.concat([head, sealOf(head, point, key)]).toString('base64url');
  return { token, expiresAt: new Date(until * DAY) };
}

/** Which lead a token is about, if it is as ours are; whether it is ours, {@link readSurveyToken} says. */
export function leadOfToken(token: string): string | undefined {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== ID + UNTIL + SEAL || bytes.toString('base64url') !== token) return undefined;
  const hex = bytes.toString('hex', 0, ID);
  return uuidToULID(hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));
}

/** What a token opens at `at`, of these set points, or why nothing. */
export function readSurveyToken(
  token: string,
  key: string,
  at: Date,
  points: readonly string[],
): SurveyAccess | 'expired' | 'invalid' {
  const leadId = leadOfToken(token);
  if (leadId === undefined) return 'invalid';
  const bytes = Buffer.from(token, 'base64url');
  const head = bytes.subarray(0, ID + UNTIL);
  const point = points.find((each) => timingSafeEqual(sealOf(head, each, key), bytes.subarray(ID + UNTIL)));
  if (point === undefined) return 'invalid';
  return head.readUInt16BE(ID) * DAY <= at.getTime() ? 'expired' : { leadId, point };
}
