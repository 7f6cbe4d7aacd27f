import { createHmac } from 'node:crypto';
import { current, load } from '../../shared/config/store.ts';
import { after, now } from '../../shared/platform/clock.ts';
import type { Call } from '../../shared/platform/http-step.ts';
import { log } from '../../shared/platform/log.ts';
import { Problem } from '../../shared/platform/problem.ts';
import type { Secret } from '../../shared/platform/secrets.ts';
import { table } from '../../shared/platform/table.ts';
import { visitorOf } from '../../shared/rates/address.ts';
import { Limiter } from '../../shared/rates/limiter.ts';
import { defaultRates, limitOf, type Rates } from '../../shared/rates/rules.ts';
import { countIn } from '../../shared/rates/store.ts';

/** Changed limits hold after this long (milliseconds): they are not worth a read for each post. */
const REMEMBERED = 10_000;

const limiter = new Limiter(countIn(table));
let remembered: { rates: Rates; readAt: Date } | undefined;

async function ratesNow(at: Date): Promise<Rates> {
  if (remembered && at >= remembered.readAt && at < after(remembered.readAt, REMEMBERED)) return remembered.rates;
  remembered = { rates: (await readRates()) ?? remembered?.rates ?? defaultRates, readAt: at };
  return remembered.rates;
}

/** Undefined when they cannot be read: whether a post can be stored is seen when it is, it is not refused for its limits. */
async function readRates(): Promise<Rates | undefined> {
  try {
    return (await load(table(), 'rubbish', (await current(table(), 'eventually')).rubbish)).rates;
  } catch (error) {
    log.error('the limits of posts could not be read', error);
    return undefined;
  }
}

/** Whether a visitor's browser posted this, and not somebody's server: browsers say where the page is from, or send forms. */
const isFromBrowser = ({ headers }: Call): boolean =>
  headers.origin !== undefined ||
  /^(application\/x-www-form-urlencoded|multipart\/form-data)/i.test(headers['content-type'] ?? '');

/** A visitor in a way that only this deployment can tell again. */
const hashed = (address: string, secret: Secret): string =>
  createHmac('sha256', secret.master ?? '')
    .update(`address:${visitorOf(address)}`)
    .digest('hex')
    .slice(0, 32);

/**
 * Lets a post in, or refuses it before anything is read of it or stored: so many a minute of one source, and of one visitor's address.
 * @throws Problem 429 with `Retry-After`
 */
export async function admit(call: Call, source: string, secret: Secret): Promise<void> {
  const at = now();
  const { perSource, perAddress } = await ratesNow(at);
  const ofAddress = isFromBrowser(call) ? limitOf(perAddress, source) : null;
  const ofSource = limitOf(perSource, source);
  if (ofAddress !== null && call.address !== undefined)
    refuse(await limiter.take(`ADDRESS#${source}#${hashed(call.address, secret)}`, ofAddress, at), 'address');
  if (ofSource !== null) refuse(await limiter.take(`SOURCE#${source}`, ofSource, at), 'source');
}

function refuse(seconds: number | undefined, whose: 'address' | 'source'): void {
  if (seconds === undefined) return;
  throw new Problem(429, `too many leads of this ${whose} in this minute: nothing was stored, please try again`, [], {
    'retry-after': String(seconds),
  });
}
