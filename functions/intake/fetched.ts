import { field, losslessJson } from '../../shared/intake/json.ts';
import { isOutside } from '../../shared/platform/networks.ts';
import type { Secret } from '../../shared/platform/secrets.ts';
import type { Ask } from './sources/source.ts';

/** A platform did not say what it was asked. `lasting`: asking again later will not help. Holds neither address nor token. */
export class NotFetched extends Error {
  override readonly name: string = 'NotFetched';
  readonly lasting: boolean;
  /** When the platform wants to be asked again, in seconds. */
  readonly after: number | undefined;
  constructor(message: string, { lasting = false, after }: { lasting?: boolean; after?: number } = {}) {
    super(message);
    this.lasting = lasting;
    this.after = after;
  }
}

/** The secret lacks what the platform wants to see. */
export class NotConfigured extends NotFetched {
  override readonly name = 'NotConfigured';
  constructor(missing: string) {
    super(`${missing} is not in the secret`, { lasting: true });
  }
}

const TIMEOUT = 5000;
const LONGEST = 1024 * 1024;

/** Meta's codes for "too many calls", which come with status 400 and 403. */
const BUSY = new Set([1, 2, 4, 17, 32, 341, 368, 613, 80000, 80003, 80004, 80005, 80014]);

function saysBusy(text: string): boolean {
  try {
    const error = field(losslessJson(text), 'error');
    return field(error, 'is_transient') === true || BUSY.has(Number(field(error, 'code')));
  } catch {
    return false; // not JSON: no reason is given
  }
}

async function textOf(answer: Response): Promise<string> {
  if (Number(answer.headers.get('content-length') ?? 0) > LONGEST) throw new NotFetched('answered too much');
  const bytes = await answer.arrayBuffer();
  if (bytes.byteLength > LONGEST) throw new NotFetched('answered too much');
  return Buffer.from(bytes).toString('utf8');
}

/**
 * Asks platforms' APIs: five seconds, no redirects, no addresses in a network of one's own (unless `intakeApisInside` is `yes`).
 * @throws NotFetched for anything but an answer or "not there"
 */
export const asker =
  ({ intakeApisInside }: Secret): Ask =>
  async ({ url, headers = {} }) => {
    let answer: Response;
    let text: string;
    try {
      if (intakeApisInside !== 'yes' && !(await isOutside(url)))
        throw new NotFetched('its address is in a private network', { lasting: true });
      answer = await fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT) });
      text = await textOf(answer);
    } catch (error) {
      if (error instanceof NotFetched) throw error;
      // The address may hold a token: what went wrong is told without it.
      throw new NotFetched(`could not be reached (${error instanceof Error ? error.name : 'unknown'})`);
    }
    if (answer.ok) return text;
    if (answer.status === 404 || answer.status === 410) return undefined;
    const after = Number(answer.headers.get('retry-after'));
    const lasting = [400, 401, 403, 422].includes(answer.status) && !saysBusy(text);
    throw new NotFetched(`answered ${answer.status}`, {
      lasting,
      ...(after > 0 ? { after: Math.min(after, 3600) } : {}),
    });
  };
