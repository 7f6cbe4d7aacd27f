import { readCopied, sidesOf, timed } from '../../shared/conversation/copied.ts';
import type { Said } from '../../shared/conversation/message.ts';
import { addMessages } from '../../shared/conversation/store.ts';
import {
  filed,
  type Heard,
  isOwnThread,
  readThread,
  type Thread,
  tie,
  waitingIn,
} from '../../shared/conversation/thread/store.ts';
import { contactKeys } from '../../shared/lead/contact.ts';
import { type Lead, ownerOf } from '../../shared/lead/lead.ts';
import { normalisePhone } from '../../shared/lead/phone.ts';
import { read } from '../../shared/lead/store.ts';
import { repOfMember } from '../../shared/org/directory/store.ts';
import type { Rep } from '../../shared/org/rep.ts';
import { readRep } from '../../shared/org/store.ts';
import { known } from '../../shared/person/store.ts';
import { commit, reconsider } from '../../shared/platform/commit.ts';
import type { Table } from '../../shared/platform/table.ts';
import { companyZone } from '../../shared/platform/zone.ts';
import { rulesNow } from '../../shared/routing/facts/store.ts';
import type { Chat } from './chats/chat.ts';

/** Messages that are filed in one transaction. */
const AT_ONCE = 30;

/** Names the lead that a thread is about: `#01JD…`, or a link to it. */
const MARKER = /(?:#|\/leads\/)([0-9A-HJKMNP-TV-Z]{26})/;
const PHONE = /(?<![\d+])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)/;

/** Puts what waits in a thread to its lead, once it is known which that is. */
export async function file(table: Table, chat: Chat['name'], threadId: string, now: () => Date): Promise<void> {
  const thread = await readThread(table, chat, threadId);
  if (!thread) return;
  const waiting = await waitingIn(table, thread);
  // The app's own thread with a member is about whichever lead each message names; all others are about one.
  for (const part of isOwnThread(threadId) ? waiting.map((each) => [each]) : parts(waiting)) {
    const leadId = thread.leadId ?? (await leadOf(table, chat, part));
    if (leadId === undefined) continue;
    if (thread.leadId === undefined && !isOwnThread(threadId))
      return reconsider(() => tie(table, thread, leadId, now()));
    await putTo(table, thread, leadId, part, now);
  }
}

/** All of what waits at once while nothing is known of a thread; later in portions. */
function parts(waiting: readonly Heard[]): Heard[][] {
  const portions: Heard[][] = [];
  for (let n = 0; n < waiting.length; n += AT_ONCE) portions.push(waiting.slice(n, n + AT_ONCE));
  return portions;
}

const putTo = (table: Table, thread: Thread, leadId: string, heard: readonly Heard[], now: () => Date): Promise<void> =>
  reconsider(async () => {
    const lead = await read(table, leadId);
    if (!lead) return;
    if (lead.erased)
      return commit(
        table,
        heard.map((each) => filed(thread, each, now())),
      );
    const { sla } = await rulesNow(table);
    const rep = await repIn(table, thread.chat as Chat['name'], heard);
    const messages = heard.flatMap((each) => (each.toUs ? forwarded(each, rep) : [each.said]));
    const origin = { channel: thread.chat, threadId: thread.threadId };
    await addMessages(
      table,
      { lead, sla },
      messages,
      origin,
      now(),
      heard.map((each) => filed(thread, each, now())),
    );
  });

/** The member of the staff who speaks. */
async function repIn(table: Table, chat: Chat['name'], heard: readonly Heard[]): Promise<Rep | undefined> {
  const staffId = heard.find((each) => each.staffId !== undefined)?.staffId;
  return staffId === undefined ? undefined : repOfMember(table, chat, staffId);
}

/** The messages that somebody copied and forwarded. */
function forwarded({ said }: Heard, rep: Rep | undefined): Said[] {
  const copied = readCopied(said.text, { day: said.at.slice(0, 10), zone: companyZone() });
  const sides = sidesOf(
    copied.map(({ name }) => name),
    { reps: rep ? [rep.name] : [], customer: undefined },
  );
  return timed(copied, said.at).map(({ name, when, text }, n) => ({
    messageId: `${said.messageId}/${n}`,
    at: when,
    from: sides.get(name) ?? 'other',
    name,
    text,
  }));
}

/** Which lead some messages are about: the one that staff who may see it name, or the customer's by their phone. */
async function leadOf(table: Table, chat: Chat['name'], heard: readonly Heard[]): Promise<string | undefined> {
  for (const { said, staffId } of heard) {
    const [, named] = MARKER.exec(said.text) ?? [];
    if (named === undefined || staffId === undefined) continue;
    const [lead, rep] = await Promise.all([read(table, named), repOfMember(table, chat, staffId)]);
    if (lead && rep && (await maySee(table, rep, lead))) return named;
  }
  for (const { said } of heard) {
    const [shown] = said.from === 'customer' ? (PHONE.exec(said.text) ?? []) : [];
    const phone = shown === undefined ? undefined : normalisePhone(shown);
    const [found] = phone === undefined ? [] : await known(table, contactKeys({ phone }));
    if (found) return found.leadId;
  }
  return undefined;
}

/** The owner, or who leads the owner's team. */
async function maySee(table: Table, rep: Rep, lead: Lead): Promise<boolean> {
  const owner = ownerOf(lead)?.repId;
  if (owner === undefined || owner === rep.repId) return owner === rep.repId;
  return (await readRep(table, owner))?.managerId === rep.repId;
}
