import type { Call } from '../../shared/platform/http-step.ts';
import { readJson } from '../../shared/platform/json.ts';
import { bad, Refusal } from './failure.ts';

const LARGEST = 256 * 1024;

/** The JSON of a request. @throws Refusal 413, 415, or 400 when it is none */
export function bodyOf(call: Call): unknown {
  if (call.body.length > LARGEST) throw new Refusal(413, undefined, 'the body is larger than 256 KiB');
  const type = call.headers['content-type'] ?? 'application/scim+json';
  if (!/^application\/(scim\+)?json\s*(;|$)/i.test(type)) {
    throw new Refusal(415, undefined, 'send application/scim+json or application/json');
  }
  try {
    return readJson(call.body.toString('utf8'));
  } catch {
    throw bad('invalidSyntax', 'the body is not JSON');
  }
}
