import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { catalogue } from '../../../events/index.ts';
import en from '../../../functions/console/page/words/en.ts';
import zh from '../../../functions/console/page/words/zh-CN.ts';
import { sourceNames } from '../../../shared/intake/sources.ts';
import { failureCauses } from '../../../shared/routing/failure.ts';

const ofLeads = catalogue.filter(({ schema }) => 'leadId' in schema.shape).map(({ type }) => type);

describe.each(Object.entries({ en, 'zh-CN': zh }))('the console in %s', (_, { words, sayings }) => {
  const unsaid = (kind: string, names: readonly string[]) => names.filter((name) => !(`${kind}.${name}` in words));

  it('has words for whatever happens to a lead', () => expect(unsaid('event', ofLeads)).toEqual([]));

  it('has words for every place that leads come from', () => expect(unsaid('source', sourceNames)).toEqual([]));

  it('has words for why a lead could not be placed', () => expect(unsaid('cause', failureCauses)).toEqual([]));

  it('says what is wrong with a field without words of programmers', () => {
    const field = z.strictObject({
      text: z.string().trim().min(1).max(5),
      count: z.int().positive().max(9),
      kind: z.enum(['a', 'b']),
    });
    const wrong = [
      {},
      { text: ' ', count: 0, kind: 'c' },
      { text: '123456', count: 10, kind: 1 },
      { text: 1, count: '', other: 1 },
    ];
    const messages = wrong.flatMap((each) => field.safeParse(each).error?.issues.map(({ message }) => message) ?? []);
    const unsaidMessages = messages.filter((message) => !sayings.some(([pattern]) => pattern.test(message)));
    expect(unsaidMessages).toEqual([]);
  });
});
