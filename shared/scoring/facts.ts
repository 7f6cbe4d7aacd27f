import { divisionsIn } from '../address/divisions.ts';
import { gazetteer } from '../address/gazetteer.ts';
import type { Behavior } from '../behavior/behavior.ts';
import type { Form } from '../lead/form.ts';
import { localTime } from '../org/hours.ts';

/** How a conversation counts for the score: so many points, and why in words. */
export interface Conversed {
  points: number;
  because: string;
}

/** All that a score is made of. The same facts, the same rules: the same score. */
export interface Facts {
  form: Form;
  /** When the lead came in (ISO 8601). */
  receivedAt: string;
  /** When it is scored (ISO 8601); without, the moment it came in. */
  at?: string | undefined;
  /** What the customer did since, if anything. */
  behavior?: Behavior | undefined;
  /** Who was known before: the person, or their company. */
  known?: 'person' | 'company' | undefined;
  /** What a conversation with the customer adds, if one was understood. */
  conversation?: Conversed | undefined;
  /** The company's time zone (IANA); without, UTC. */
  zone?: string | undefined;
}

/** What is known of a lead that is scored at this time. */
export const factsOf = (
  {
    receivedAt,
    previousBy: known,
    conversed,
  }: Pick<Facts, 'receivedAt'> & { previousBy?: Facts['known']; conversed?: Conversed },
  form: Form,
  behavior: Behavior | undefined,
  { at, zone }: { at: Date; zone: string },
): Facts & { at: string } => ({
  form,
  receivedAt,
  behavior,
  known,
  conversation: conversed,
  at: at.toISOString(),
  zone,
});

/** When the lead is scored (ms). */
export const scoredAt = ({ at, receivedAt }: Facts): number => Date.parse(at ?? receivedAt);

/** What the customer did, counted: with the form, and since. */
export function behaved({ form, behavior }: Facts): Record<string, number> {
  const numbers = { ...form.behavior };
  for (const [name, { sum }] of Object.entries(behavior?.counts ?? {})) numbers[name] = (numbers[name] ?? 0) + sum;
  return numbers;
}

/** Reads a field; undefined, null and '' mean that it was not given. */
export type Reader = (facts: Facts) => unknown;

/** The divisions that an address names, and those around them. */
function divisions({ form }: Facts): string[] | undefined {
  const address = form.location?.address;
  if (address === undefined) return undefined;
  const { byCode } = gazetteer();
  const names = divisionsIn(address).flatMap(({ name, parents }) => [
    name,
    ...parents.flatMap((code) => byCode.get(code)?.name ?? []),
  ]);
  return names.length === 0 ? undefined : [...new Set(names)];
}

const clock = ({ receivedAt, zone = 'UTC' }: Facts) => localTime(new Date(receivedAt), zone);

const readers: Readonly<Record<string, Reader>> = {
  'source.channel': ({ form }) => form.source.channel,
  'source.campaign': ({ form }) => form.source.campaign,
  'source.landingPage': ({ form }) => form.source.landingPage,
  'source.formId': ({ form }) => form.source.formId,
  'contact.name': ({ form }) => form.contact.name,
  'contact.phone': ({ form }) => form.contact.phone,
  'contact.email': ({ form }) => form.contact.email,
  'contact.emailDomain': ({ form: { contact } }) =>
    contact.email?.slice(contact.email.lastIndexOf('@') + 1).toLowerCase(),
  'contact.wechat': ({ form }) => form.contact.wechat,
  'company.name': ({ form }) => form.company?.name,
  'company.employees': ({ form }) => form.company?.employees,
  'company.industry': ({ form }) => form.company?.industry,
  'location.address': ({ form }) => form.location?.address,
  'location.postcode': ({ form }) => form.location?.postcode,
  'location.divisions': divisions,
  'location.point': ({ form }) => (form.location?.point === undefined ? undefined : true),
  productLine: ({ form }) => form.productLine,
  preferredRepId: ({ form }) => form.preferredRepId,
  'consent.marketing': ({ form }) => form.consent?.marketing,
  'customer.known': ({ known }) => known,
  'received.hour': (facts) => Math.floor(clock(facts).minutes / 60),
  'received.weekday': (facts) => clock(facts).weekday,
};

const own = (of: Readonly<Record<string, unknown>> | undefined, name: string): unknown =>
  of !== undefined && Object.hasOwn(of, name) ? of[name] : undefined;

/** What the customer did: said by the form, and counted since. */
const done =
  (name: string): Reader =>
  (facts) => {
    const posted = own(facts.form.behavior, name) as number | undefined;
    const since =
      facts.behavior && Object.hasOwn(facts.behavior.counts, name) ? facts.behavior.counts[name] : undefined;
    return since === undefined ? posted : (posted ?? 0) + since.sum;
  };

const BEHAVIOR = 'behavior.';

const byPrefix: readonly [prefix: string, reader: (name: string) => Reader][] = [
  [BEHAVIOR, done],
  [
    'source.utm.',
    (name) =>
      ({ form }) =>
        own(form.source.utm, name),
  ],
  [
    'source.clickIds.',
    (name) =>
      ({ form }) =>
        own(form.source.clickIds, name),
  ],
  [
    'fields.',
    (name) =>
      ({ form }) =>
        form.fields?.find((answer) => answer.name === name)?.value,
  ],
];

/** A field of the form by its path, as tables of earlier versions may name any. */
function posted(field: string): Reader {
  const names = field.split('.');
  return ({ form }) => {
    let at: unknown = form;
    for (const name of names) {
      if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
      at = (at as Record<string, unknown>)[name];
    }
    return at;
  };
}

/** What reads the field of that name. */
export function readerOf(field: string): Reader {
  const fixed = own(readers, field) as Reader | undefined;
  if (fixed) return fixed;
  const [prefix, reader] = byPrefix.find(([each]) => field.startsWith(each)) ?? [];
  return prefix === undefined || reader === undefined ? posted(field) : reader(field.slice(prefix.length));
}

/** When the customer last did what the fields count, as far as it was counted since the form; else when the lead came in (ms). */
export function newestOf(fields: readonly string[]): (facts: Facts) => number {
  const names = fields.filter((each) => each.startsWith(BEHAVIOR)).map((each) => each.slice(BEHAVIOR.length));
  return ({ behavior, receivedAt }) => {
    let newest = Date.parse(receivedAt);
    if (behavior === undefined) return newest;
    for (const name of names) {
      if (Object.hasOwn(behavior.counts, name)) newest = Math.max(newest, behavior.counts[name]?.lastAt ?? 0);
    }
    return newest;
  };
}
