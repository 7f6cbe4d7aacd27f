import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Faults } from '../../../scripts/local/faults.ts';
import { Meter } from '../../../scripts/local/meter.ts';
import { startQueues } from '../../../scripts/local/queues.ts';

/** Local addresses (hexadecimal, as Linux tells them) on which this process listens. */
function listening(): string[] {
  const own = new Set(
    readdirSync('/proc/self/fd').flatMap((fd) => {
      try {
        return [/^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/self/fd/${fd}`))?.[1] ?? ''];
      } catch {
        return [];
      }
    }),
  );
  return ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/self/net/${table}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode]) => state === '0A' && own.has(inode ?? ''))
      .map(([, local = '']) => local.split(':')[0] ?? ''),
  );
}

const LOOPBACK = '0100007F';

test.skipIf(process.platform !== 'linux')('the queues listen to this machine alone', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'leadkeeper-queues-'));
  const before = listening().length;
  const queues = await startQueues(dataDir, [], [], new Faults(), new Meter(), { now: () => new Date() });
  try {
    expect(listening()).toHaveLength(before + 1);
    expect(new Set(listening())).toEqual(new Set([LOOPBACK]));
  } finally {
    await queues.drain();
    await queues.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
