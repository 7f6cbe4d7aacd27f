import * as z from 'zod';
import { sourceNames } from '../intake/sources.ts';

const text = (words: string) => z.string().describe(words);
const number = (words: string) => z.number().describe(words);
/** Words that may say who somebody is: rules may look at them, reasons do not repeat them. */
const personal = (words: string) => z.string().describe(words).meta({ personal: true });
/** Fields whose names the senders choose. */
const anyOf = <T extends z.ZodType>(of: T, words: string, ...known: string[]) =>
  z.record(z.string(), of).describe(words).meta({ known });

/** What can be asked of a lead: the fields of which rules speak, each in words for whoever writes them. */
const askable = z.object({
  source: z.object({
    channel: z.enum(sourceNames).describe('where the lead was posted'),
    campaign: text('the campaign'),
    landingPage: text('the page on which the visitor landed'),
    formId: text('the form that was filled in'),
    utm: anyOf(text('a UTM word of the address'), 'UTM words', 'source', 'medium', 'campaign', 'term', 'content'),
    clickIds: anyOf(text('the id of an ad’s click'), 'clicks of ads', 'gclid', 'fbclid', 'ttclid', 'clickid'),
  }),
  contact: z.object({
    name: personal('the person’s name'),
    phone: personal('the phone number, such as +8613800138000'),
    email: personal('the e-mail address'),
    emailDomain: text('what follows the @ of the e-mail address, in small letters'),
    wechat: personal('the WeChat id'),
  }),
  company: z.object({
    name: personal('the company’s name'),
    employees: number('how many people work there'),
    industry: text('the industry'),
  }),
  location: z.object({
    address: personal('the address'),
    postcode: personal('the postcode'),
    divisions: z.array(z.string()).describe('provinces, cities and districts of China that the address names, in full'),
    point: z.boolean().describe('whether a place on the map was given'),
  }),
  productLine: text('the product that was asked for'),
  preferredRepId: text('the rep whom the customer would like'),
  consent: z.object({ marketing: z.boolean().describe('whether they agreed to be approached') }),
  behavior: anyOf(
    number('what the customer did, counted: with the form, and since'),
    'what the customer did',
    'siteSeconds',
    'pageViews',
    'downloads',
    'mailsOpened',
    'mailClicks',
    'videosWatched',
    'webinarsAttended',
    'chatsStarted',
  ),
  fields: anyOf(personal('an answer to another question of the form'), 'other questions of the form, by their names'),
  customer: z.object({
    known: z.enum(['person', 'company']).describe('who was a customer or a lead before: the person, or the company'),
  }),
  received: z.object({
    hour: number('the hour of the day at which the lead came in, 0 to 23, in the company’s time zone'),
    weekday: number('the day of the week on which it came in, from 1 (Monday) to 7'),
  }),
});

/** How a field's values are compared. */
export type FieldType = 'text' | 'number' | 'boolean' | 'list';

/** A field that rules can look at. */
export interface FieldWords {
  /** `company.employees`; `source.utm.<name>` where senders choose the name. */
  field: string;
  type: FieldType;
  /** What it is, for people. */
  words: string;
  /** The values that there are, where they are known. */
  values?: string[];
  /** Names that usually stand for `<name>`. */
  names?: string[];
  /** May say who somebody is: reasons do not repeat it. */
  personal?: true;
}

const typeOf = (schema: z.ZodType): FieldType => {
  if (schema instanceof z.ZodNumber) return 'number';
  if (schema instanceof z.ZodBoolean) return 'boolean';
  return schema instanceof z.ZodArray ? 'list' : 'text';
};

function leaf(field: string, schema: z.ZodType, names?: string[]): FieldWords {
  const { description = '', personal: isPersonal } = z.globalRegistry.get(schema) ?? {};
  return {
    field,
    type: typeOf(schema),
    words: description,
    ...(schema instanceof z.ZodEnum ? { values: schema.options.map(String) } : {}),
    ...(names ? { names } : {}),
    ...(isPersonal ? { personal: true as const } : {}),
  };
}

function listed(schema: z.ZodType, path: string): FieldWords[] {
  if (schema instanceof z.ZodObject) {
    const below = path === '' ? '' : `${path}.`;
    return Object.entries(schema.shape).flatMap(([name, each]) => listed(each as z.ZodType, `${below}${name}`));
  }
  if (!(schema instanceof z.ZodRecord)) return [leaf(path, schema)];
  const { known } = z.globalRegistry.get(schema) ?? {};
  return [leaf(`${path}.<name>`, schema.valueType as z.ZodType, known as string[])];
}

/** Every field, in the order of the form. */
export const fields: readonly FieldWords[] = listed(askable, '');

const ANY = '.<name>';
const fixed = new Map(fields.filter(({ field }) => !field.endsWith(ANY)).map((each) => [each.field, each]));
const open = fields.flatMap((each) =>
  each.field.endsWith(ANY) ? [{ prefix: each.field.slice(0, -'<name>'.length), each }] : [],
);

/** What is known of a field, or undefined when there is none of that name. */
export function fieldNamed(name: string): FieldWords | undefined {
  return fixed.get(name) ?? open.find(({ prefix }) => name.length > prefix.length && name.startsWith(prefix))?.each;
}

/** How many letters differ, are missing or too many, or changed places with their neighbour. */
function distance(one: string, other: string): number {
  let [before, last] = [[] as number[], Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let at = 1; at <= other.length; at += 1) {
      const same = one[row - 1] === other[at - 1];
      const changed = (last[at - 1] ?? 0) + (same ? 0 : 1);
      const swapped =
        one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1] ? (before[at - 2] ?? 0) + 1 : changed;
      next.push(Math.min(changed, swapped, (last[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1));
    }
    [before, last] = [last, next];
  }
  return last[other.length] ?? 0;
}

const suggestions = fields.flatMap(({ field, names }) =>
  names === undefined ? [field] : names.map((name) => field.replace('<name>', name)),
);

/** The known name that is most like this one, or undefined when none is much like it. */
export function nearestField(name: string): string | undefined {
  const folded = name.toLowerCase();
  const near = (known: string): number =>
    Math.min(distance(folded, known.toLowerCase()), 1 + distance(folded, known.toLowerCase().split('.').at(-1) ?? ''));
  const [nearest] = [...suggestions].sort((a, b) => near(a) - near(b));
  return nearest !== undefined && near(nearest) <= Math.max(2, name.length / 3) ? nearest : undefined;
}
