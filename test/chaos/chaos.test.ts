import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { check } from '../../scripts/chaos/checker.ts';
import { readRecords } from '../../scripts/chaos/records.ts';
import { Running } from '../../scripts/chaos/running.ts';
import { storm } from '../../scripts/chaos/storm.ts';
import { synthesized } from '../synthesized.ts';

const SEED = 11;
const dataDir = mkdtempSync(join(tmpdir(), 'leadkeeper-chaos-'));
let on: Running | undefined;

afterAll(async () => {
  await on?.cleanUp();
  rmSync(dataDir, { recursive: true, force: true });
});

it('Invariants 1 to 6 and 9 hold for each lead while everything goes wrong, the runtime is killed twice, and HR freezes people', async () => {
  on = new Running(await synthesized(), dataDir, SEED);
  await on.start();
  const passed = await storm(on, { leads: 30, seed: SEED, say: () => undefined });
  await on.end('SIGTERM');
  const { counts, violations } = check(await readRecords(dataDir), passed);
  expect(violations).toEqual([]);
  // It was not for nothing.
  expect(counts.answered).toBeGreaterThanOrEqual(30);
  for (const what of ['contacted', 'reminded', 'overdue', 'missed', 'quarantined'])
    expect(counts[what]).toBeGreaterThan(0);
}, 600_000);
