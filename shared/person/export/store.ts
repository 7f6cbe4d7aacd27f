import { recordsOf } from '../../audit/store.ts';
import { asideAbout } from '../../intake/quarantine/store.ts';
import type { Evidence } from '../../journey/evidence/store.ts';
import { addressOf } from '../../journey/evidence/store.ts';
import type { Lead } from '../../lead/lead.ts';
import { noticesOf } from '../../notice/store.ts';
import { iso } from '../../platform/clock.ts';
import { eventsIn } from '../../platform/commit.ts';
import type { Item, Table } from '../../platform/table.ts';
import { marksOf } from '../marks.ts';
import { allOf, type Whole } from '../whole/store.ts';

/** A file that proves a contact; where it is to be had for five minutes, unless a virus was found in it. */
type FileOf = Evidence & { leadId: string; url?: string };

/** All that is held of a person. Times ISO 8601. */
export interface Held {
  personId: string;
  exportedAt: string;
  leads: Record<string, unknown>[];
  files: FileOf[];
  /** What they posted and was not understood, as it came. */
  quarantine: { quarantineId: string; source: string; at: string; reason: string; body: string }[];
}

/** Things of the table, under the names that people know them by; whatever is not named stands under its key's beginning. */
const names: Readonly<Record<string, string>> = {
  INTERACTION: 'interactions',
  TASK: 'tasks',
  MESSAGE: 'messages',
  FINDINGS: 'findings',
  UNDERSTOOD: 'understood',
  BEHAVIOR: 'behavior',
  SURVEY: 'surveys',
  PAYMENT: 'payments',
  TOUCH: 'posts',
  FORM: 'form',
};

/** An item without how it lies in the table. */
function plain(item: Item): unknown {
  // What is announced with an item is in the timeline.
  const { pk, sk, list, sort, owner, due, dueAt, version, expiresAt, seen, event, called, ...rest } = item;
  const values = Object.values(rest);
  return values.length === 1 ? values[0] : rest;
}

/** What lies with a lead, thing by thing. */
async function leadOf(table: Table, lead: Lead): Promise<{ lead: Record<string, unknown>; files: FileOf[] }> {
  const { leadId } = lead;
  const items = await allOf(table, leadId);
  const kindOf = ({ sk }: Item): string => sk.split('#')[0] ?? '';
  const evidence = items.filter((item) => kindOf(item) === 'EVIDENCE').map((item) => item.evidence as Evidence);
  const shown = items.filter((item) => !['LEAD', 'EVENT', 'DECISION', 'EVIDENCE', 'TOLD'].includes(kindOf(item)));
  const things = Object.entries(Object.groupBy(shown, kindOf)).map(([kind, some = []]) => [
    names[kind] ?? kind.toLowerCase(),
    some.map(plain),
  ]);
  const timeline = eventsIn(items);
  const notices = await Promise.all(timeline.map(({ detail }) => noticesOf(table, String(detail.eventId))));
  return {
    lead: {
      ...lead,
      ...Object.fromEntries(things),
      timeline,
      decisions: await recordsOf(table, leadId),
      notices: notices.flat(),
    },
    files: await Promise.all(
      evidence.map(async (file) => ({
        ...file,
        leadId,
        ...(file.verdict === 'infected' ? {} : { url: await addressOf(leadId, file) }),
      })),
    ),
  };
}

/** All that is held of a person, file by file and thing by thing. */
export async function heldOf(table: Table, { personId, leads, forms }: Whole, at: Date): Promise<Held> {
  const ids = leads.map(({ leadId }) => leadId);
  const holds = marksOf([...forms.values()].flat().map(({ contact }) => contact));
  const [all, aside] = await Promise.all([
    Promise.all(leads.map((lead) => leadOf(table, lead))),
    asideAbout(table, new Set(ids), holds),
  ]);
  return {
    personId,
    exportedAt: iso(at),
    leads: all.map(({ lead }) => lead),
    files: all.flatMap(({ files }) => files),
    quarantine: aside.map(({ entry: { quarantineId, source, reason }, kept }) => ({
      quarantineId,
      source,
      at: kept.cameAt,
      reason,
      body: kept.body.toString('utf8'),
    })),
  };
}
