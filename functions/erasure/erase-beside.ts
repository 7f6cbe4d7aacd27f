import { transcriptsOf } from '../../shared/conversation/recording/store.ts';
import { messagesOf } from '../../shared/conversation/store.ts';
import { keptOf } from '../../shared/conversation/thread/store.ts';
import { withoutRows } from '../../shared/intake/imports/store.ts';
import { asideAbout, keysOf } from '../../shared/intake/quarantine/store.ts';
import { filesOf } from '../../shared/journey/evidence/store.ts';
import { silenceLoss } from '../../shared/journey/health/store.ts';
import { contactKeys } from '../../shared/lead/contact.ts';
import type { Form } from '../../shared/lead/form.ts';
import { readForms, readMany } from '../../shared/lead/store.ts';
import { withdrawAbout } from '../../shared/notice/waiting/store.ts';
import { commitAll } from '../../shared/person/erasure/store.ts';
import { marksOf } from '../../shared/person/marks.ts';
import { tiesTo } from '../../shared/person/store.ts';
import { type Change, remove } from '../../shared/platform/commit.ts';
import { listObjects, readObject, removeObject } from '../../shared/platform/objects.ts';
import { quarantinedAbout } from '../../shared/platform/quarantine.ts';
import type { Key, Table } from '../../shared/platform/table.ts';

const gone = (keys: readonly Key[]): Change[] => keys.map((key) => remove('personal data', key));

/** Erases what lies elsewhere of the person of these leads: found by what their forms hold, so before these are erased. */
export async function eraseBeside(table: Table, leadIds: readonly string[], at: Date): Promise<void> {
  const forms = await formsOf(table, leadIds);
  const ids = new Set(leadIds);
  const holds = marksOf(forms.map(({ form: { contact } }) => contact));
  const isAbout = (text: string): boolean => leadIds.some((id) => text.includes(id)) || holds(text);
  const keys = forms.flatMap(({ form: { contact } }) => contactKeys(contact));
  await withdrawAbout(table, isAbout, at);
  await commitAll(table, await changesOf(table, { leadIds, ids, keys, holds, isAbout }));
  for (const leadId of leadIds) {
    for (const key of [...(await filesOf(leadId)), ...(await transcriptsOf(leadId))]) await removeObject(key);
  }
  await removeImports(holds);
}

/** The forms of leads, merged and as posted. */
async function formsOf(table: Table, leadIds: readonly string[]): Promise<{ leadId: string; form: Form }[]> {
  const both = await Promise.all([readForms(table, leadIds), readForms(table, leadIds, 'posted')]);
  return both.flatMap((each) => [...each].map(([leadId, form]) => ({ leadId, form })));
}

interface Sought {
  leadIds: readonly string[];
  ids: ReadonlySet<string>;
  keys: readonly string[];
  holds: (text: string) => boolean;
  isAbout: (text: string) => boolean;
}

/** Who they are known by, what they said in chats, what of them was not understood, and why their deals were lost. */
async function changesOf(table: Table, { leadIds, ids, keys, holds, isAbout }: Sought): Promise<Change[]> {
  const leads = await readMany(table, leadIds);
  const messages = (await Promise.all(leadIds.map((leadId) => messagesOf(table, leadId)))).flat();
  const threads = new Map(
    messages.flatMap(({ channel, threadId }) => (threadId ? [[`${channel} ${threadId}`, { channel, threadId }]] : [])),
  );
  const [ties, aside, letters, heard, losses, rows] = await Promise.all([
    tiesTo(table, keys, ids),
    asideAbout(table, ids, holds).then((found) =>
      keysOf(
        table,
        found.map(({ entry }) => entry),
      ),
    ),
    quarantinedAbout(table, isAbout),
    Promise.all([...threads.values()].map(({ channel, threadId }) => keptOf(table, channel, threadId, isAbout))),
    Promise.all(leads.map((lead) => (lead.status === 'lost' ? silenceLoss(table, lead) : []))),
    withoutRows(table, holds),
  ]);
  const distinct = new Map([...ties, ...aside, ...letters, ...heard.flat()].map((key) => [`${key.pk} ${key.sk}`, key]));
  return [...gone([...distinct.values()]), ...losses.flat(), ...rows];
}

/** Copies of imported files in which they stand go as a whole: what was in them are leads, and they would be gone in a month anyway. */
async function removeImports(holds: (text: string) => boolean): Promise<void> {
  for (const folder of ['imports/done/', 'imports/failed/']) {
    for (const { key } of await listObjects(folder)) {
      const bytes = await readObject(key);
      if (bytes && holds(Buffer.from(bytes).toString('utf8'))) await removeObject(key);
    }
  }
}
