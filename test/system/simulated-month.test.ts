import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { developmentSecrets } from '../../scripts/demo/secrets.ts';
import { startRuntime } from '../../scripts/local/runtime.ts';
import { monthOf } from '../../scripts/simulate/month.ts';
import { Company } from '../../scripts/simulate/ours.ts';
import { figuresOf } from '../../scripts/simulate/outcome.ts';
import { startPlatforms } from '../../scripts/simulate/platforms.ts';
import { beginsAt, FIRST_DAY } from '../../scripts/simulate/time.ts';
import { synthesized } from '../synthesized.ts';

test('three days of sales from all sources are played on the real handlers, and nothing that must hold is violated', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'leadkeeper-month-'));
  const platforms = await startPlatforms();
  const secretOverlay = (url: string) => ({ ...developmentSecrets(url), ...platforms.secrets });
  const runtime = await startRuntime({ assembly: await synthesized(), dataDir, port: 0, secretOverlay });
  try {
    const base = beginsAt(Date.now());
    const month = monthOf({ leads: 40, days: 3, seed: 5, firstDay: FIRST_DAY });
    const shares: number[] = [];
    const company = new Company(runtime, month, { base, told: platforms.told });
    const { outcomes, alerts, violations } = await company.run((share) => shares.push(share));
    expect(violations).toEqual([]);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    const figures = figuresOf(month, outcomes, alerts);
    expect(figures.verdicts.nobody).toBe(0);
    expect(figures.right).toBeGreaterThan(0.5);
    // HR's broken roster was held, and the admins were told.
    expect(Object.keys(alerts)).toContain('hr-held');
  } finally {
    await runtime.close();
    await platforms.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 300_000);
