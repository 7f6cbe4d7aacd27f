import { iso } from '../../shared/platform/clock.ts';
import { type Found, listObjects, moveObject, readObject, writeObject } from '../../shared/platform/objects.ts';
import { Problem } from '../../shared/platform/problem.ts';
import type { Roster } from './pushed.ts';

const FOLDER = 'hr/';
const INBOX = `${FOLDER}inbox/`;

/** A file that was dropped: a whole roster, or only changes. */
interface Dropped {
  file: Found;
  roster: Roster;
  isWhole: boolean;
}

/**
 * Takes what was dropped into `hr/inbox/`: the newest whole roster that can be read, and after it the changes that came since, in their
 * order (a file of changes says `.delta.` in its name). Each is moved to `hr/done/` or `hr/failed/`, a report beside it; what came
 * before that roster was overtaken. A file is moved last: should this break off, it is taken again, and changes nothing more.
 */
export async function takeDropped(take: (roster: Roster) => Promise<object>, now: () => Date): Promise<void> {
  let waiting = await readInbox();
  let later: Dropped[] = [];
  while (waiting.length > 0) {
    const from = Math.max(
      0,
      waiting.findLastIndex(({ isWhole }) => isWhole),
    );
    const [first, ...others] = waiting.slice(from);
    const before = waiting.slice(0, from);
    later = [...others, ...later];
    waiting = first && (await takeOne(first, before, take, now)) ? [] : before;
  }
  for (const each of later) await takeOne(each, [], take, now);
}

/** What was dropped, the oldest first. */
async function readInbox(): Promise<Dropped[]> {
  const files = (await listObjects(INBOX)).filter(({ key }) => !key.endsWith('/'));
  const dropped: Dropped[] = [];
  for (const file of files.sort((a, b) => a.at.getTime() - b.at.getTime() || (a.key < b.key ? -1 : 1))) {
    const bytes = await readObject(file.key);
    if (!bytes) continue;
    const csv = !/\.json$/i.test(file.key);
    const mode = /\.delta\./i.test(file.key) ? 'delta' : 'full';
    dropped.push({ file, roster: { bytes, csv, mode }, isWhole: csv ? mode === 'full' : saysWhole(bytes) });
  }
  return dropped;
}

/** JSON says itself what it is. */
function saysWhole(bytes: Uint8Array): boolean {
  try {
    const said: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return typeof said === 'object' && said !== null && 'mode' in said && said.mode === 'full';
  } catch {
    return false; // it will be refused
  }
}

/** Takes one file, and puts away before it what it overtakes. Gives whether it could be read. */
async function takeOne(
  { file, roster }: Dropped,
  overtaken: readonly Dropped[],
  take: (roster: Roster) => Promise<object>,
  now: () => Date,
): Promise<boolean> {
  try {
    const report = await take(roster);
    for (const each of overtaken) await putAway(each.file, 'done', { overtakenBy: nameOf(file) }, now);
    await putAway(file, 'done', report, now);
    return true;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    await putAway(file, 'failed', { problem: error.toJSON() }, now);
    return false;
  }
}

const nameOf = ({ key }: Found): string => key.slice(INBOX.length);

async function putAway(file: Found, where: 'done' | 'failed', report: object, now: () => Date): Promise<void> {
  const to = `${FOLDER}${where}/${nameOf(file)}`;
  await writeObject(`${to}.report.json`, Buffer.from(JSON.stringify({ at: iso(now()), ...report }, undefined, 2)));
  await moveObject(file.key, to);
}
