import { iso } from '../../shared/platform/clock.ts';
import { type Found, listObjects, moveObject, readObject, writeObject } from '../../shared/platform/objects.ts';
import { Problem } from '../../shared/platform/problem.ts';
import type { Roster } from './pushed.ts';

const FOLDER = 'hr/';
const INBOX = `${FOLDER}inbox/`;

/**
 * Takes the newest file that was dropped into `hr/inbox/` (a whole roster; only changes if its name says `.delta.`), and moves
 * it to `hr/done/` or `hr/failed/`, a report beside it. Older ones were overtaken before they were read. A file is moved last:
 * should this break off, it is taken again, and changes nothing more.
 */
export async function takeDropped(take: (roster: Roster) => Promise<object>, now: () => Date): Promise<void> {
  const dropped = (await listObjects(INBOX)).filter(({ key }) => !key.endsWith('/'));
  const [newest, ...older] = dropped.sort((a, b) => b.at.getTime() - a.at.getTime() || (a.key < b.key ? 1 : -1));
  if (!newest) return;
  for (const each of older) await putAway(each, 'done', { overtakenBy: nameOf(newest) }, now);
  const bytes = await readObject(newest.key);
  if (!bytes) return;
  const csv = !/\.json$/i.test(newest.key);
  const mode = /\.delta\./i.test(newest.key) ? 'delta' : 'full';
  try {
    await putAway(newest, 'done', await take({ bytes, csv, mode }), now);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    await putAway(newest, 'failed', { problem: error.toJSON() }, now);
  }
}

const nameOf = ({ key }: Found): string => key.slice(INBOX.length);

async function putAway(file: Found, where: 'done' | 'failed', report: object, now: () => Date): Promise<void> {
  const to = `${FOLDER}${where}/${nameOf(file)}`;
  await writeObject(`${to}.report.json`, Buffer.from(JSON.stringify({ at: iso(now()), ...report }, undefined, 2)));
  await moveObject(file.key, to);
}
