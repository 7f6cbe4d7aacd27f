import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { breaches } from '../scripts/house-rules.ts';

interface Cruise {
  summary: { totalCruised: number; violations: { rule: { name: string }; from: string; to: string }[] };
}

/** What dependency-cruiser finds in the folders. */
function cruise(...folders: string[]): Cruise['summary'] {
  const command = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...folders];
  const output = execFileSync('depcruise', command, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 64 * 1024 * 1024,
  });
  return (JSON.parse(output) as Cruise).summary;
}

describe('imports', () => {
  it('run one way: functions → shared → events, and decisions reach nothing outside', () => {
    const { totalCruised, violations } = cruise('events', 'shared', 'functions', 'infra', 'scripts');
    expect(totalCruised).toBeGreaterThan(100);
    expect(violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
  });

  it('that run the other way are found out', () => {
    mkdirSync('shared', { recursive: true });
    const folder = mkdtempSync(join('shared', 'wrong-way-'));
    try {
      writeFileSync(
        join(folder, 'decision.ts'),
        "import { handler } from '../../functions/scoring/handler.ts';\nexport const x = handler;\n",
      );
      expect(cruise(folder).violations.map(({ rule }) => rule.name)).toContain('shared-imports-events');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('keep to the house’s own rules', () => {
    expect(breaches()).toEqual([]);
  });
});
