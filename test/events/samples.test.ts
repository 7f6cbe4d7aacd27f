import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sources } from '../../functions/intake/sources/index.ts';
import { readingOf } from '../../functions/intake/take-in.ts';
import { defaultSourcesRules } from '../../shared/intake/sources.ts';

const files = readdirSync('events/samples').map((file) => [parse(file).name, file] as const);

describe('the samples to post', () => {
  it('are one for each source', () => {
    expect(files.map(([name]) => name).sort()).toEqual([...sources.keys()].sort());
  });

  it.each(files)('%s is understood by its source as it is configured at first', async (name, file) => {
    const source = sources.get(name);
    const type = file.endsWith('.csv') ? 'text/csv' : 'application/json';
    const sent = { headers: { 'content-type': type }, query: {}, body: readFileSync(`events/samples/${file}`) };
    const items = await source?.parse(sent, readingOf(defaultSourcesRules, source.name, undefined));
    const kinds = items?.map((item) => ('aside' in item && item.aside ? 'aside' : item.kind));
    expect(kinds).toEqual([expect.stringMatching(/^(lead|reference|file)$/)]);
  });
});
