import { bearer } from '../demo/client.ts';
import type { Running } from './running.ts';

const CALLERS = 12;
/** Every so many of the leads of grade A that have an owner are left alone, so that reminders and escalations come due. */
const LEFT_ALONE = 8;
/** Every so many of the others, which may wait for days, are called. */
const CALLED_EARLY = 32;

interface Page {
  items: { leadId: string; owner: { repId: string } | null; score: { grade: string } | null }[];
  nextCursor?: string;
}

/** A lead, and who calls. */
interface Due {
  leadId: string;
  repId: string;
}

/** The owners call: of grade A all but a few, of the others a few. Gives how many were called. */
export async function callCustomers(on: Running): Promise<number> {
  const tokens = new Map<string, Promise<{ authorization: string }>>();
  const tokenOf = (repId: string): Promise<{ authorization: string }> => {
    const token = tokens.get(repId) ?? bearer(on.client, { role: 'rep', repId });
    tokens.set(repId, token);
    return token;
  };
  const call = { channel: 'phone', minutes: 3, summary: 'spoke with the customer', outcome: 'reached' };
  const pressing: Due[] = [];
  const others: Due[] = [];
  let cursor: string | undefined;
  do {
    const from = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = (await on.asAdmin('GET', `/leads?status=assigned&limit=100${from}`)) as Page;
    for (const { leadId, owner, score } of page.items)
      if (owner) (score?.grade === 'A' ? pressing : others).push({ leadId, repId: owner.repId });
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  const toCall = [
    ...pressing.filter((_, at) => at % LEFT_ALONE !== 0),
    ...others.filter((_, at) => at % CALLED_EARLY === 0),
  ];
  const left = [...toCall];
  const caller = async (): Promise<void> => {
    for (let one = left.pop(); one; one = left.pop())
      await on.client.call('POST', `/leads/${one.leadId}/interactions`, call, await tokenOf(one.repId));
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  return toCall.length;
}
