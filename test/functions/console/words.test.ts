import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../events/index.ts';
import en from '../../../functions/console/page/words/en.ts';
import zh from '../../../functions/console/page/words/zh-CN.ts';
import { sourceNames } from '../../../shared/intake/sources.ts';
import { failureCauses } from '../../../shared/routing/failure.ts';

const ofLeads = catalogue.filter(({ schema }) => 'leadId' in schema.shape).map(({ type }) => type);

describe.each(Object.entries({ en, 'zh-CN': zh }))('the console in %s', (_, { words }) => {
  const unsaid = (kind: string, names: readonly string[]) => names.filter((name) => !(`${kind}.${name}` in words));

  it('has words for whatever happens to a lead', () => expect(unsaid('event', ofLeads)).toEqual([]));

  it('has words for every place that leads come from', () => expect(unsaid('source', sourceNames)).toEqual([]));

  it('has words for why a lead could not be placed', () => expect(unsaid('cause', failureCauses)).toEqual([]));
});
