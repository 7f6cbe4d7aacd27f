import { readImport, UnreadableFile } from '../../shared/intake/import-file.ts';
import { importIdOf, storeLargeImport } from '../../shared/intake/imports/store.ts';
import { iso, now } from '../../shared/platform/clock.ts';
import { log } from '../../shared/platform/log.ts';
import { listObjects, moveObject, readObject, writeObject } from '../../shared/platform/objects.ts';
import { table } from '../../shared/platform/table.ts';
import { byTrigger, scheduleStep } from '../../shared/platform/triggers.ts';

const FOLDER = 'imports/';
const INBOX = `${FOLDER}inbox/`;
const MOST_ROWS = 50_000;

/**
 * Files of leads that were dropped into `imports/inbox/` → rows, stored and announced part by part; then the file is moved to
 * `imports/done/` or `imports/failed/`, a report beside it. It is moved last: should this break off, it is read again, and
 * nothing comes in twice.
 */
export const handler = byTrigger({
  schedule: scheduleStep(async () => {
    const dropped = (await listObjects(INBOX)).filter(({ key }) => !key.endsWith('/'));
    let failed: unknown;
    for (const { key } of dropped) {
      try {
        await take(key.slice(INBOX.length));
      } catch (error) {
        failed ??= error; // one file that fails keeps no other back
      }
    }
    if (failed) throw failed;
  }),
});

async function take(name: string): Promise<void> {
  const bytes = await readObject(`${INBOX}${name}`);
  if (!bytes) return;
  try {
    const { rows } = readImport(bytes, /\.(jsonl|ndjson|json)$/i.test(name) ? 'jsonl' : 'csv');
    if (rows.length > MOST_ROWS) throw new UnreadableFile('body', `more than ${MOST_ROWS} rows: split it`);
    const importId = importIdOf(bytes);
    await storeLargeImport(table(), importId, name, rows, now());
    log.info('file of leads read', { step: 'imports', count: rows.length });
    await putAway(name, 'done', { importId, rows: rows.length, progress: `/intake/imports/${importId}` });
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    await putAway(name, 'failed', { path: error.path, reason: error.message });
  }
}

async function putAway(name: string, where: 'done' | 'failed', report: object): Promise<void> {
  const to = `${FOLDER}${where}/${name}`;
  await writeObject(`${to}.report.json`, Buffer.from(JSON.stringify({ at: iso(now()), ...report }, undefined, 2)));
  await moveObject(`${INBOX}${name}`, to);
}
