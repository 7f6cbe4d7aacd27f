import { announce } from '../../../events/contract.ts';
import { PersonErased } from '../../../events/person-erased.ts';
import { PersonErasureAsked } from '../../../events/person-erasure-asked.ts';
import { iso } from '../../platform/clock.ts';
import { absent, type Change, commit, commitOnce, outbox, put, update } from '../../platform/commit.ts';
import { get, type Table } from '../../platform/table.ts';
import type { Whole } from '../whole/store.ts';

/** Who asked for an erasure: somebody who signed in, or a platform. */
export interface Asker {
  role: string;
  repId?: string | undefined;
}

/** Why somebody is erased: they ask for it, the law or a platform does, or they never should have been stored. */
export const erasureReasons = ['request', 'law', 'platform', 'mistake'] as const;

/** An erasure, kept for good: it names nobody. Times ISO 8601. */
export interface Erasure {
  personId: string;
  leadIds: string[];
  by: Asker;
  reason: (typeof erasureReasons)[number];
  askedAt: string;
  state: 'erasing' | 'erased';
  erasedAt?: string;
}

const partition = (personId: string): string => `PERSON#${personId}`;
const keyOf = (personId: string) => ({ pk: partition(personId), sk: 'ERASURE' });

/** A person's erasure, if one was asked for. */
export const readErasure = async (from: Table, personId: string): Promise<Erasure | undefined> =>
  (await get(from, keyOf(personId)))?.erasure as Erasure | undefined;

/** Asks for a person to be erased. Asked again before it is done, it is set going again; who asked first and why stays. */
export async function askErasure(
  to: Table,
  { personId, leads }: Pick<Whole, 'personId' | 'leads'>,
  { by, reason }: Pick<Erasure, 'by' | 'reason'>,
  at: Date,
): Promise<Erasure> {
  const leadIds = leads.map(({ leadId }) => leadId);
  const erasure: Erasure = { personId, leadIds, by, reason, askedAt: iso(at), state: 'erasing' };
  const before = await readErasure(to, personId);
  await commitOnce(to, [
    ...(before ? [] : [put('erasure', { ...keyOf(personId), erasure }, absent)]),
    outbox(partition(personId), announce(PersonErasureAsked, { personId }), at),
  ]);
  return before ?? (await readErasure(to, personId)) ?? erasure;
}

/** Notes that a person is erased, and announces it, once. */
export const erasureDone = (to: Table, { personId, leadIds }: Erasure, at: Date): Promise<void> => {
  const done: Change = update('erasure', keyOf(personId), {
    expression: 'SET #erasure.#state = :erased, #erasure.erasedAt = :at',
    onlyIf: '#erasure.#state = :erasing',
    names: { '#erasure': 'erasure', '#state': 'state' },
    values: { ':erased': 'erased', ':erasing': 'erasing', ':at': iso(at) },
  });
  return commitOnce(to, [done, outbox(partition(personId), announce(PersonErased, { personId, leadIds }), at)]);
};

/** Writes so many changes at once as a transaction takes. */
export async function commitAll(to: Table, changes: readonly Change[]): Promise<void> {
  for (let n = 0; n < changes.length; n += AT_ONCE) await commit(to, changes.slice(n, n + AT_ONCE));
}
const AT_ONCE = 50;
