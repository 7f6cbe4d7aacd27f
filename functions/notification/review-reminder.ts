import { countHeld } from '../../shared/lead/store.ts';
import { iso } from '../../shared/platform/clock.ts';
import type { Table } from '../../shared/platform/table.ts';
import { messagesFor } from './address.ts';
import { ADMINS } from './compose.ts';
import { deliver } from './deliver.ts';
import { surroundings } from './surroundings.ts';

/** To the admins, once a day as long as there are any: how many leads are held as likely rubbish and wait for somebody to look at them. */
export async function remindOfReview(table: Table, now: () => Date): Promise<void> {
  const held = await countHeld(table);
  if (held === 0) return;
  const at = now();
  const values = () => ({ count: String(held) });
  const messages = messagesFor({ to: ADMINS, kind: 'leads-to-review', values }, await surroundings(table, at));
  // Named after the day: a run that comes twice sends nothing twice.
  await deliver(table, `review-${iso(at).slice(0, 10)}`, messages, { now, lastTry: true });
}
