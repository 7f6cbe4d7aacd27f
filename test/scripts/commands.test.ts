import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** Runs a command. */
function run(script: string, args: string[], env: Record<string, string> = {}): { code: number | null; said: string } {
  const { status, stderr } = spawnSync(process.execPath, [`scripts/${script}.ts`, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { code: status, said: stderr };
}

it('an option that a command does not know is named, without a stack', () => {
  const { code, said } = run('replay', ['--form', '2026-11-01']);
  expect({ code, lines: said.trim().split('\n').length }).toEqual({ code: 2, lines: 2 });
  expect(said).toContain("'--form'");
});

it('reset deletes what a start wrote, and nothing else', () => {
  const folder = mkdtempSync(join(tmpdir(), 'leadkeeper-reset-'));
  const theirs = join(folder, 'thesis.txt');
  writeFileSync(theirs, 'years of work');
  expect(run('reset', [], { DATA_DIR: folder })).toMatchObject({ code: 1, said: expect.stringContaining('nothing') });
  expect(existsSync(theirs)).toBe(true);
  rmSync(theirs);
  writeFileSync(join(folder, 'table.db'), '');
  expect(run('reset', [], { DATA_DIR: folder }).code).toBe(0);
  expect(existsSync(folder)).toBe(false);
});
