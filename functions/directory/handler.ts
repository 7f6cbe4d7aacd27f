import { randomBytes } from 'node:crypto';
import { DirectoryMemberChanged } from '../../events/directory-member-changed.ts';
import { askForMember } from '../../shared/org/directory/store.ts';
import { refusedCallback } from '../../shared/platform/callback.ts';
import { now } from '../../shared/platform/clock.ts';
import { NotGenuine } from '../../shared/platform/envelope.ts';
import { httpStep } from '../../shared/platform/http-step.ts';
import { notFound, Problem } from '../../shared/platform/problem.ts';
import { queueStep } from '../../shared/platform/queue-step.ts';
import { readSecret } from '../../shared/platform/secrets.ts';
import { table } from '../../shared/platform/table.ts';
import { byTrigger } from '../../shared/platform/triggers.ts';
import type { Directory } from './directories/directory.ts';
import { directories } from './directories/index.ts';
import { hearMember } from './hear-member.ts';

/** A chat directory's word about a member → the roster. Woken by its callbacks, and to ask what a callback did not say. */
export const handler = byTrigger({
  /** `GET|POST /directories/{directory}`: whoever left is frozen before the answer; whatever must be asked is asked after it. */
  http: httpStep(
    async (call) => {
      const directory = named(call.params.directory);
      if (call.body.length > LARGEST)
        throw new Problem(413, 'at most 256 KiB', [{ path: 'body', message: 'too large' }]);
      const { members, ask, answer } = directory.hear(call, await readSecret(), now(), randomBytes(16));
      for (const { asOf } of [...members, ...ask]) mustNotBeToCome(asOf, now());
      for (const member of members) await hearMember(table(), directory.name, member, now());
      for (const member of ask) await askForMember(table(), directory.name, member, now());
      return { status: 200, raw: answer };
    },
    { refused: refusedCallback },
  ),

  queue: queueStep([DirectoryMemberChanged], async ({ detail }, { table, now }) => {
    const directory = named(detail.directory);
    const profile = await directory.profile?.(detail.userId, await readSecret(), now());
    // In the directory's own time: ours may be ahead of it.
    if (profile) await hearMember(table, directory.name, { ...profile, asOf: new Date(detail.asOf) }, now());
  }),
});

/** More than any callback, in bytes. */
const LARGEST = 256 * 1024;
/** Clocks may differ by so much (milliseconds). */
const SKEW = 3600 * 1000;

/** @throws NotGenuine for what is dated so far ahead that it would outrank all that is said until then */
function mustNotBeToCome(asOf: Date, at: Date): void {
  if (asOf.getTime() > at.getTime() + SKEW) throw new NotGenuine('CreateTime', 'is yet to come');
}

function named(name: string | undefined): Directory {
  const found = Object.values(directories).find((directory) => directory.name === name);
  if (!found) throw notFound(`directory ${name}`);
  return found;
}
