import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../events/index.ts';
import { narrate } from '../../scripts/local/narrate.ts';

describe('the catalogue of events', () => {
  it('lists every event there is, each once', () => {
    const files = readdirSync('events').filter(
      (file) => file.endsWith('.ts') && !['contract.ts', 'index.ts'].includes(file),
    );
    const types = catalogue.map(({ type }) => type);
    expect(types).toHaveLength(files.length);
    expect(new Set(types).size).toBe(types.length);
    const asFile = (type: string) => `${type.replace(/(?<!^)([A-Z])/g, '-$1').toLowerCase()}.ts`;
    expect(types.map(asFile).sort()).toEqual(files.sort());
  });

  it.each(catalogue.map((contract) => [contract.type, contract] as const))(
    '%s has a sample that its schema takes, and words for people',
    (type, contract) => {
      expect(contract.schema.parse(contract.sample)).toEqual(contract.sample);
      const line = narrate({
        version: '0',
        id: '1',
        'detail-type': type,
        source: 'leadkeeper',
        account: '0',
        time: contract.sample.at,
        region: 'r',
        resources: [],
        detail: contract.sample,
      });
      expect(line).not.toMatch(/undefined|\[object/);
      expect(line).not.toContain(type);
    },
  );
});
