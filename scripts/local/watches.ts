import { breakerPartitions, causesToLookAt } from '../../shared/breaker/store.ts';
import { currentKey } from '../../shared/config/store.ts';
import { soonestTask } from '../../shared/journey/tasks/store.ts';
import { soonestDue } from '../../shared/lead/store.ts';
import { channelsKey, soonestTrial } from '../../shared/notice/waiting/store.ts';
import { indexes, type Table } from '../../shared/platform/table.ts';
import { isUnsettled } from '../../shared/routing/changes/store.ts';
import { fullKey, fullNow } from '../../shared/routing/room/store.ts';
import type { Files } from './files.ts';
import type { WireItem } from './item-size.ts';
import { ANY_TIME, NEVER, type Watch } from './standstill.ts';

const INBOX = 'imports/inbox/';
const textOf = (item: WireItem, attribute: string): string | undefined => {
  const value = item[attribute];
  return value && 'S' in value ? String(value.S) : undefined;
};

/** The schedules of Leadkeeper that find nothing to do most of the time, by what the embedded table and the bucket hold. */
export function watchesOf(table: Table, files: Pick<Files, 'list' | 'written'>) {
  /** How many files had been written when none was in the inbox. */
  let emptyAt: number | undefined;
  return {
    // It looks at leads and tasks that are due by the index, at channels that messages wait for, at changes of rules and staff, and at
    // reps without room for whom leads wait.
    escalation: {
      soonest: async () => {
        if ((await isUnsettled(table)) || (await fullNow(table))) return ANY_TIME;
        const timers = await Promise.all([soonestDue(table), soonestTask(table), soonestTrial(table)]);
        return new Date(Math.min(...timers.map((timer) => (timer ?? NEVER).getTime())));
      },
      because: (item) => {
        const pk = textOf(item, 'pk');
        if (pk === channelsKey.pk) return ANY_TIME;
        if (pk === currentKey.pk && [currentKey.sk, fullKey.sk].includes(textOf(item, 'sk') ?? '')) return ANY_TIME;
        const due = textOf(item, indexes.due.sort);
        return due === undefined ? undefined : new Date(due);
      },
    },
    // It tries breakers that are open, and tells of leads that a step left.
    breaker: {
      soonest: async () => ((await causesToLookAt(table)).length > 0 ? ANY_TIME : NEVER),
      because: (item) => (breakerPartitions.has(textOf(item, 'pk') ?? '') ? ANY_TIME : undefined),
    },
    // It takes files that were dropped.
    imports: {
      soonest: async () => {
        const written = files.written();
        if (emptyAt === written) return NEVER;
        const dropped = await files.list(INBOX);
        emptyAt = dropped.length === 0 ? written : undefined;
        return dropped.length > 0 ? ANY_TIME : NEVER;
      },
      because: () => undefined,
    },
  } satisfies Record<string, Watch>;
}
