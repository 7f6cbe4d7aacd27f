import { bearer } from '../demo/client.ts';
import type { Running } from './running.ts';

const CALLERS = 12;
/** Every so many of the leads that have an owner are left alone, so that reminders and escalations come due. */
const LEFT_ALONE = 8;

interface Page {
  items: { leadId: string; owner: { repId: string } | null }[];
  nextCursor?: string;
}

/** The owners call, all but a few. Gives how many were called. */
export async function callCustomers(on: Running): Promise<number> {
  const tokens = new Map<string, Promise<{ authorization: string }>>();
  const tokenOf = (repId: string): Promise<{ authorization: string }> => {
    const token = tokens.get(repId) ?? bearer(on.client, { role: 'rep', repId });
    tokens.set(repId, token);
    return token;
  };
  const call = { channel: 'phone', minutes: 3, summary: 'spoke with the customer', outcome: 'reached' };
  const owned: { leadId: string; repId: string }[] = [];
  let cursor: string | undefined;
  do {
    const from = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = (await on.asAdmin('GET', `/leads?status=assigned&limit=100${from}`)) as Page;
    owned.push(...page.items.flatMap(({ leadId, owner }) => (owner ? [{ leadId, repId: owner.repId }] : [])));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  const toCall = owned.filter((_, at) => at % LEFT_ALONE !== 0);
  const left = [...toCall];
  const caller = async (): Promise<void> => {
    for (let one = left.pop(); one; one = left.pop())
      await on.client.call('POST', `/leads/${one.leadId}/interactions`, call, await tokenOf(one.repId));
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  return toCall.length;
}
