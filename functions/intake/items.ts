import { plain } from '../../shared/intake/known-fields.ts';
import { type FormAnswer, understand } from '../../shared/intake/mapping.ts';
import type { SourceName } from '../../shared/intake/sources.ts';
import type { Form } from '../../shared/lead/form.ts';
import { normalisePhone } from '../../shared/lead/phone.ts';
import { sha256 } from '../../shared/platform/random.ts';
import type { Item, Reading } from './sources/source.ts';

/** What a source knows of a lead beside its answers. */
export interface Known {
  /** The platform's own id of the lead. */
  readonly externalId?: string | undefined;
  readonly formId?: string | undefined;
  readonly clickIds?: Readonly<Record<string, string | undefined>>;
  readonly test?: boolean;
}

const given = (all: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(all).filter((pair): pair is [string, string] => Boolean(pair[1])));

/** A lead of a source from its answers. @throws NotUnderstood */
export function leadOf(
  source: SourceName,
  answers: readonly FormAnswer[],
  reading: Reading,
  { externalId, formId, clickIds = {}, test = false }: Known = {},
): Item & { kind: 'lead' } {
  const { form: read, externalId: mapped } = understand(answers, reading.fields, normalisePhone);
  const id = externalId ?? mapped;
  const clicks = { ...read.source.clickIds, ...given(clickIds) };
  const form: Form = {
    ...read,
    source: {
      channel: source,
      ...read.source,
      ...(Object.keys(clicks).length > 0 ? { clickIds: clicks } : {}),
      ...(id === undefined ? {} : { externalId: id }),
      ...(formId === undefined ? {} : { formId }),
    },
  };
  const isTest = test || answers.some(({ name, value }) => reading.tests.get(plain(name))?.has(value.trim()));
  return { kind: 'lead', key: id, form, aside: isTest ? 'test' : undefined };
}

/** A key for what its platform gives no id: the same words are the same lead. */
export const keyOfWords = (words: string | Uint8Array): string => `sha256:${sha256(words)}`;
