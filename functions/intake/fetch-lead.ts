import type { EventOf } from '../../events/contract.ts';
import type { LeadReferenceReceived } from '../../events/lead-reference-received.ts';
import { keepAside } from '../../shared/intake/quarantine/store.ts';
import { iso } from '../../shared/platform/clock.ts';
import { type StepContext, TryAgain } from '../../shared/platform/queue-step.ts';
import { newId } from '../../shared/platform/random.ts';
import { readSecret } from '../../shared/platform/secrets.ts';
import type { Delivery } from './delivery.ts';
import { asker, NotFetched } from './fetched.ts';
import type { Reference } from './sources/source.ts';
import { sourceNamed } from './take-in.ts';

/** Pauses after each try, in seconds: twenty minutes in all, then the admins are told. */
const PAUSES = [1, 5, 20, 80, 300, 800];

/** What a platform says of a lead, as a delivery of its source. @throws NotFetched */
async function fetched(name: string, reference: Reference): Promise<Buffer> {
  const secret = await readSecret();
  const text = await sourceNamed(name).fetch?.(reference, secret, asker(secret));
  if (text === undefined) throw new NotFetched('does not have it (404)');
  return Buffer.from(text);
}

/** Fetches what a platform refers to. @throws TryAgain while there is hope, NotFetched after */
export async function fetchLead(
  source: string,
  reference: Reference,
  attempt: number,
): Promise<Pick<Delivery, 'source' | 'headers' | 'query' | 'body' | 'fetched' | 'shown'>> {
  try {
    const body = await fetched(source, reference);
    const headers = { 'content-type': 'application/json' };
    return { source: sourceNamed(source).name, shown: 'signature', headers, query: {}, body, fetched: reference };
  } catch (error) {
    if (!(error instanceof NotFetched)) throw error;
    const pause = PAUSES[attempt - 1];
    if (error.lasting || pause === undefined) throw error;
    throw new TryAgain(Math.max(error.after ?? 0, pause));
  }
}

/** The delivery that a reference stands for; undefined when it could not be fetched and lies in quarantine now. */
export async function deliveryFor(
  { source, reference, at: cameAt }: EventOf<typeof LeadReferenceReceived>,
  { table, now, attempt }: StepContext,
): Promise<Delivery | undefined> {
  const leadId = newId(new Date(cameAt));
  try {
    return { ...(await fetchLead(source, reference, attempt)), at: new Date(cameAt), leadId };
  } catch (error) {
    if (!(error instanceof NotFetched)) throw error;
    const kept = {
      source: sourceNamed(source).name,
      kind: 'reference' as const,
      shown: 'signature' as const,
      headers: {},
      query: {},
      body: Buffer.alloc(0),
      reference,
      leadId,
      cameAt: iso(new Date(cameAt)),
    };
    await keepAside(table, kept, { reason: `cannot be fetched: ${source} ${error.message}` }, now());
    return undefined;
  }
}
