import { asBatch, behaviorBatch } from '../../shared/behavior/behavior.ts';
import { mustBeThere, mustSee, signedIn } from '../../shared/platform/access.ts';
import { now } from '../../shared/platform/clock.ts';
import { commit, commitOne, reconsider } from '../../shared/platform/commit.ts';
import { type Call, httpStep, jsonBody } from '../../shared/platform/http-step.ts';
import { type Person, personOf } from '../../shared/platform/identity.ts';
import { notFound, Problem, parseOrRefuse, wrongKey } from '../../shared/platform/problem.ts';
import { readSecret, sameKey, sourceKey } from '../../shared/platform/secrets.ts';
import { table } from '../../shared/platform/table.ts';
import { count } from './count.ts';
import { readCustomer } from './read-customer.ts';

/**
 * `POST /leads/{leadId}/behavior` → what the customer did, each event counted once; a lead whose score that changes is scored anew
 * in the same transaction → LeadRescored. Woken by HTTP.
 */
export const handler = httpStep(async (call) => {
  if (call.body.length > LARGEST)
    throw new Problem(413, 'at most 64 KiB', [{ path: 'body', message: 'at most 64 KiB' }]);
  const person = await caller(call);
  const batch = parseOrRefuse(behaviorBatch, asBatch(jsonBody(call)));
  const leadId = call.params.leadId ?? '';
  return reconsider(async () => {
    const customer = await readCustomer(table(), leadId);
    if (person) await mustSee(table(), person, customer?.lead, leadId);
    if (!customer) throw notFound(`lead ${leadId}`);
    mustBeThere(customer.lead);
    const { changes, answer } = await count(table(), customer, batch.events, now());
    const [first] = changes;
    if (first && changes.length === 1) await commitOne(table(), first);
    else if (first) await commit(table(), changes);
    return { status: 200, body: { leadId, ...answer } };
  });
});

/** More than any batch needs, in bytes. */
const LARGEST = 64 * 1024;

/** The person who calls, or undefined for a site that shows the key of web forms. */
async function caller({ headers }: Call): Promise<Person | undefined> {
  const key = headers['x-api-key'];
  if (key === undefined) return signedIn(table(), await personOf(headers.authorization));
  if (!sameKey(key, sourceKey(await readSecret(), 'web'))) throw wrongKey();
  return undefined;
}
