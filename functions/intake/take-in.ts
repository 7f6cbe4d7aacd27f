import { announce } from '../../events/contract.ts';
import { LeadReferenceReceived } from '../../events/lead-reference-received.ts';
import { type Current, current, load } from '../../shared/config/store.ts';
import { answered } from '../../shared/idempotency/store.ts';
import { importIdOf, storeImport } from '../../shared/intake/imports/store.ts';
import { fieldMap, testValues } from '../../shared/intake/known-fields.ts';
import { NotUnderstood } from '../../shared/intake/mapping.ts';
import { keepAside } from '../../shared/intake/quarantine/store.ts';
import { defaultSourcesRules, plainForm, type SourceName, type SourcesRules } from '../../shared/intake/sources.ts';
import { read } from '../../shared/lead/store.ts';
import { askErasure } from '../../shared/person/erasure/store.ts';
import { wholeOf } from '../../shared/person/whole/store.ts';
import { iso, now } from '../../shared/platform/clock.ts';
import { commit, outbox, reconsider } from '../../shared/platform/commit.ts';
import type { Answer } from '../../shared/platform/http-step.ts';
import { Problem } from '../../shared/platform/problem.ts';
import { newId } from '../../shared/platform/random.ts';
import { readSecret } from '../../shared/platform/secrets.ts';
import type { Table } from '../../shared/platform/table.ts';
import { deadlines } from '../../shared/sla/rules.ts';
import { mustBePerson } from './captcha.ts';
import type { Delivery } from './delivery.ts';
import { answeredTo, idempotency, platformKey } from './idempotency.ts';
import { notSigned } from './proof.ts';
import { keepPromise } from './put-off.ts';
import { receive } from './receive.ts';
import { tracesOf, whoIsThis } from './recognise.ts';
import { setAside } from './set-aside.ts';
import { sources } from './sources/index.ts';
import type { Item, Reading, Source, Taken } from './sources/source.ts';

type Of<K extends Item['kind']> = Extract<Item, { kind: K }>;

/** Words of platforms that are noted in one transaction. */
const AT_ONCE = 40;

/** The source of that name. @throws Problem 404 */
export function sourceNamed(name: string): Source {
  const source = sources.get(name);
  if (!source) throw new Problem(404, `unknown source ${name.slice(0, 64)}`, [{ path: 'source', message: 'unknown' }]);
  return source;
}

/** How a delivery is to be read by these rules. */
export const readingOf = (rules: SourcesRules, source: SourceName, formId: string | undefined): Reading => ({
  fields: fieldMap(rules, source, formId),
  tests: testValues(rules, source),
  form: (formId !== undefined && Object.hasOwn(rules.forms, formId) && rules.forms[formId]) || plainForm,
  formId,
  rules,
});

let seen: SourcesRules = defaultSourcesRules;

/** The rules that this process saw last: for when the table does not say which are in force. */
export const rulesLastSeen = (): SourcesRules => seen;

/**
 * Takes in what a delivery holds: leads, words of leads to be fetched, files; what cannot be understood goes to quarantine. All
 * of it is stored when this returns, and can be repeated.
 * @throws Problem for what its sender should mend
 */
export async function takeIn(to: Table, delivery: Delivery): Promise<{ answer: Answer; taken: Taken[] }> {
  const source = sourceNamed(delivery.source);
  const versions = await current(to, 'eventually');
  const rules = await load(to, 'sources', versions.sources);
  seen = rules;
  if (delivery.shown === 'key' && source.mustBeSigned?.(rules)) throw notSigned('signature', 'is required');
  const reading = readingOf(rules, source.name, delivery.query.form);
  const items = await itemsOf(to, source, delivery, reading);
  const references = items.filter((item) => item.kind === 'reference');
  await noteReferences(to, source, references, delivery.at);
  const taken: Taken[] = references.map(() => ({ kind: 'noted' }));
  const unclear = items.filter((item) => item.kind === 'unclear');
  if (unclear.length > 0) taken.push(await keepUnclear(to, unclear, delivery));
  let leadId = delivery.leadId;
  for (const item of items) {
    if (item.kind === 'reference' || item.kind === 'unclear') continue;
    // The sender was told the id of the first at most: nobody waits for those of the others.
    const promised = delivery.promised === true && leadId === delivery.leadId;
    taken.push(await takeOne(to, source, item, { ...delivery, leadId, promised }, versions));
    leadId = newId(delivery.at);
  }
  return { answer: source.answer(taken, reading), taken };
}

/** What was posted. What a platform's own sender got wrong is kept all the same: nobody reads its logs. */
async function itemsOf(to: Table, source: Source, delivery: Delivery, reading: Reading): Promise<Item[]> {
  try {
    const items = await source.parse(delivery, reading);
    return items.length > 0 ? items : [{ kind: 'unclear', reason: 'nothing is in it', quietly: true }];
  } catch (error) {
    if (error instanceof NotUnderstood) return [{ kind: 'unclear', reason: error.message }];
    const itsOwn = source.name !== 'web' && source.name !== 'import';
    if (error instanceof Problem && error.status === 400 && itsOwn)
      await keepAside(to, keptOf(delivery), { reason: error.message }, now());
    throw error;
  }
}

/** What is kept of a delivery that goes to quarantine. */
export const keptOf = (delivery: Delivery) => ({
  source: delivery.source,
  kind: 'delivery' as const,
  shown: delivery.shown,
  headers: { ...delivery.headers },
  query: { ...delivery.query },
  body: delivery.body,
  ...(delivery.fetched ? { reference: { ...delivery.fetched } } : {}),
  ...(delivery.row === undefined ? {} : { row: delivery.row }),
  leadId: delivery.leadId,
  cameAt: delivery.retaken?.cameAt ?? iso(delivery.at),
});

/**
 * Keeps a delivery once for all that is unclear in it: what an admin should see is said first, and what is none of our business does
 * not hide it.
 */
async function keepUnclear(to: Table, unclear: readonly Of<'unclear'>[], delivery: Delivery): Promise<Taken> {
  const loud = unclear.filter(({ quietly }) => !quietly);
  const reason = [...new Set([...loud, ...unclear].map((item) => item.reason))].join('; ');
  const quarantineId = await keepAside(to, keptOf(delivery), { reason, ignored: loud.length === 0 }, now());
  return { kind: 'quarantined', reason, quarantineId };
}

async function takeOne(
  to: Table,
  source: Source,
  item: Exclude<Item, Of<'reference' | 'unclear'>>,
  delivery: Delivery,
  versions: Current,
): Promise<Taken> {
  switch (item.kind) {
    case 'lead':
      return { kind: 'lead', receipt: await takeLead(to, source, item, delivery, versions) };
    case 'erasure':
      return noteErasure(to, source, item, delivery);
    case 'file':
      return takeFile(to, source, item, delivery);
  }
}

/** A file, whose rows are taken in one after the other. Under a key that it was sent with comes no other. */
async function takeFile(to: Table, source: Source, { file }: Of<'file'>, delivery: Delivery): Promise<Taken> {
  const importId = importIdOf(delivery.body);
  const sentUnder = idempotency(delivery, source.name);
  await reconsider(async () => {
    const { key, before } = await answeredTo(to, sentUnder, delivery);
    if (key && !before) await commit(to, [key.remember({ status: 202 }, delivery.at)]);
  });
  await storeImport(to, importId, 'call', file.rows, delivery.at);
  return { kind: 'import', importId, rows: file.rows.length };
}

/** A lead, in one transaction with all that goes with it. Gives the receipt. */
async function takeLead(
  to: Table,
  source: Source,
  { key: id, form: read_, aside, captcha }: Of<'lead'>,
  delivery: Delivery,
  versions: Current,
): Promise<unknown> {
  const { leadId, retaken } = delivery;
  const form = retaken ? { ...read_, source: { ...read_.source, retaken } } : read_;
  const sentUnder = id === undefined ? idempotency(delivery, source.name) : platformKey('lead', source.name, id);
  if (captcha !== undefined) await mustBePerson(captcha, await readSecret());
  return reconsider(async (how) => {
    const at = retaken ? now() : delivery.at;
    const [{ key, before }, own, traces, rules, duplicates] = await Promise.all([
      answeredTo(to, sentUnder, delivery, how),
      delivery.again ? read(to, leadId) : undefined,
      tracesOf(to, form, how),
      load(to, 'sla', versions.sla),
      load(to, 'duplicates', versions.duplicates),
    ]);
    if (own) return { leadId, status: 'received' };
    if (before) {
      if (delivery.promised) await keepPromise(to, leadId, form, before, deadlines(rules), at);
      return before.body;
    }
    const { changes, receipt } = aside
      ? setAside(form, aside, deadlines(rules), at, leadId)
      : receive(form, await whoIsThis(to, form, traces, duplicates, at), deadlines(rules), at, leadId);
    const told = delivery.row === undefined ? receipt : { ...receipt, row: delivery.row };
    await commit(to, [...changes, ...(key ? [key.remember({ status: 202, body: told }, at)] : [])]);
    return told;
  });
}

/** Notes words of leads that are to be fetched, each once, and announces them. */
async function noteReferences(to: Table, source: Source, items: readonly Of<'reference'>[], at: Date): Promise<void> {
  const distinct = [...new Map(items.map((item) => [item.key, item])).values()];
  for (let from = 0; from < distinct.length; from += AT_ONCE) {
    const some = distinct.slice(from, from + AT_ONCE).map(({ key, reference }) => ({
      known: platformKey('reference', source.name, key),
      event: announce(LeadReferenceReceived, { source: source.name, key, reference }),
    }));
    await reconsider(async () => {
      const before = await Promise.all(some.map(({ known }) => answered(to, known, now())));
      const fresh = some.filter((_, index) => before[index] === undefined);
      if (fresh.length === 0) return;
      await commit(
        to,
        fresh.flatMap(({ known, event }) => [known.remember({ status: 200 }, at), outbox(known.pk, event, at)]),
      );
    });
  }
}

/**
 * A platform wants a lead erased: so its person is, with all their leads. One that has not come yet will not be taken in any more;
 * that nothing was to be done is kept for the admins to see.
 */
async function noteErasure(to: Table, source: Source, item: Of<'erasure'>, delivery: Delivery): Promise<Taken> {
  const lead = platformKey('lead', source.name, item.leadKey);
  const leadId = await reconsider(async () => {
    const before = await answered(to, lead, now());
    if (!before) await commit(to, [lead.remember({ status: 200, body: { status: 'erased' } }, delivery.at)]);
    return (before?.body as { leadId?: string } | undefined)?.leadId;
  });
  const whole = leadId === undefined ? undefined : await wholeOf(to, leadId);
  if (whole) {
    await askErasure(to, whole, { by: { role: source.name }, reason: 'platform' }, now());
    return { kind: 'noted' };
  }
  const reason = `${source.name} wants a lead erased that never came in: nothing is to be done`;
  const kept = { ...keptOf(delivery), kind: 'erasure' as const, reference: { leadKey: item.leadKey } };
  const quarantineId = await keepAside(to, kept, { reason, ignored: true }, now());
  return { kind: 'quarantined', reason, quarantineId };
}
