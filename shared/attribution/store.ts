import { postsOf, type Touch, touchesOf } from '../duplicates/store.ts';
import type { Lead } from '../lead/lead.ts';
import { readForms, readMany } from '../lead/store.ts';
import { iso } from '../platform/clock.ts';
import { type Change, put } from '../platform/commit.ts';
import { query, type Table } from '../platform/table.ts';
import type { Noted } from './attribute.ts';
import type { ConversionKind } from './conversion.ts';

const DAY = 24 * 3600 * 1000;
/** Leads looked at side by side. */
const AT_ONCE = 25;

const partition = (day: string): string => `CONVERSIONS#${day}`;

/**
 * Notes what became of a lead whose customer came by an ad's click, once for each kind: in the list of the day (UTC) on which it
 * was learned, so that no day changes once it is over. Of any other lead nothing is written.
 */
export function noting(
  lead: Lead,
  kind: ConversionKind | undefined,
  when: string,
  at: Date,
): { lead: Lead; changes: Change[] } {
  if (kind === undefined || lead.conversions === undefined || lead.conversions.includes(kind))
    return { lead, changes: [] };
  const { leadId } = lead;
  const key = { pk: partition(iso(at).slice(0, 10)), sk: `${iso(at)}#${leadId}#${kind}` };
  return {
    lead: { ...lead, conversions: [...lead.conversions, kind] },
    changes: [put('conversion', { ...key, conversion: { leadId, kind, at: when } })],
  };
}

type Listed = Pick<Noted, 'leadId' | 'kind' | 'at'>;

/** What was noted from `from` until before `to`, with the customers and their posts; read day by day. Erased leads are left out. */
export async function notedBetween(table: Table, from: Date, to: Date): Promise<Noted[]> {
  const listed: Listed[] = [];
  for (let day = Date.parse(iso(from).slice(0, 10)); day < to.getTime(); day += DAY) {
    const items = await query(table, { pk: partition(iso(new Date(day)).slice(0, 10)) });
    const within = items.filter(({ sk }) => sk >= iso(from) && sk < iso(to));
    listed.push(...within.map((item) => item.conversion as Listed));
  }
  const noted: Noted[] = [];
  for (let next = 0; next < listed.length; next += AT_ONCE)
    noted.push(...(await withPosts(table, listed.slice(next, next + AT_ONCE))));
  return noted;
}

async function withPosts(table: Table, listed: readonly Listed[]): Promise<Noted[]> {
  const ids = listed.map(({ leadId }) => leadId);
  const [forms, leads] = await Promise.all([readForms(table, ids), readMany(table, ids)]);
  const receivedAt = new Map(leads.map((lead) => [lead.leadId, lead.receivedAt]));
  const found = await Promise.all(
    listed.map(async (each) => {
      const form = forms.get(each.leadId);
      if (!form) return [];
      const own: Touch = { leadId: each.leadId, at: receivedAt.get(each.leadId) ?? each.at, likeness: 'exact' };
      const touches = (await touchesOf(table, each.leadId)).filter((touch) => !touch.undone && touch.at <= each.at);
      const inOrder = [own, ...touches].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
      return [{ ...each, form, posts: await postsOf(table, inOrder) }];
    }),
  );
  return found.flat();
}
