import type { Call } from '../../shared/platform/http-step.ts';
import { invalid, Problem } from '../../shared/platform/problem.ts';

/** The tag of what has versions: it begins with the version, so that {@link mustBeMadeFrom} knows it again. */
export const tagOf = (body: unknown, hash: string): string => {
  const version = (body as { version?: unknown } | null)?.version;
  return `W/"${typeof version === 'number' ? `${version}.` : ''}${hash}"`;
};

/**
 * Refuses what was made from another version than the one in force (RFC 9110, If-Match): of two who edit the same at once, the second
 * does not undo unseen what the first published. Who names no version means to replace whichever is in force.
 * @param headers `If-Match` names versions: their numbers, or the `ETag` that came with them
 * @throws Problem 412 when another one is in force, 400 for what names no version
 */
export function mustBeMadeFrom(inForce: number, headers: Call['headers']): void {
  const named = headers['if-match']?.trim();
  if (named === undefined || named === '*') return;
  const versions = named.split(',').map((tag) => /^(?:W\/)?"?(\d+)(?:\.[\da-f]+)?"?$/.exec(tag.trim())?.[1]);
  if (versions.includes(undefined)) throw invalid('If-Match', 'the number of a version, or the ETag that came with it');
  if (versions.includes(String(inForce))) return;
  throw new Problem(412, `version ${inForce} is in force now, and this was made from another`);
}
