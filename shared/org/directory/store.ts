import { announce } from '../../../events/contract.ts';
import { DirectoryMemberChanged } from '../../../events/directory-member-changed.ts';
import { iso } from '../../platform/clock.ts';
import { type Change, commit, commitOne, outbox, put } from '../../platform/commit.ts';
import { get, type Table } from '../../platform/table.ts';
import type { Channels, Rep } from '../rep.ts';
import { readRep, saveSettings } from '../store.ts';

/** A chat directory whose members are reps, by the channel that names a rep's id there. */
const CHANNELS = { wecom: 'wecomUserId', dingtalk: 'dingtalkUserId' } as const;

/** The name of a chat directory. */
export type DirectoryName = keyof typeof CHANNELS;

const keyOf = (directory: DirectoryName, userId: string) => ({ pk: `MEMBER#${directory}#${userId}`, sk: 'MEMBER' });

const link = (directory: DirectoryName, userId: string, repId: string): Change =>
  put('member', { ...keyOf(directory, userId), repId });

/** So that a directory's members are found by the ids that the channels give them; for the transaction that sets these. */
export const linkMembers = (repId: string, channels: Channels): Change[] =>
  (Object.keys(CHANNELS) as DirectoryName[]).flatMap((directory) => {
    const userId = channels[CHANNELS[directory]];
    return userId === undefined ? [] : [link(directory, userId, repId)];
  });

/** The rep who is a directory's member: by their channels, or because they go by the same id. */
export async function repOfMember(from: Table, directory: DirectoryName, userId: string): Promise<Rep | undefined> {
  const item = await get(from, keyOf(directory, userId));
  const rep = await readRep(from, item ? String(item.repId) : userId);
  const elsewhere = rep?.channels[CHANNELS[directory]];
  // Somebody who has another id there is not this member.
  return item || elsewhere === undefined || elsewhere === userId ? rep : undefined;
}

/** A member goes by another id from now on. */
export async function renameMember(table: Table, directory: DirectoryName, rep: Rep, newUserId: string): Promise<void> {
  if (rep.channels[CHANNELS[directory]] === newUserId) return;
  const channels = { ...rep.channels, [CHANNELS[directory]]: newUserId };
  await commit(table, [saveSettings(rep.repId, { channels }), link(directory, newUserId, rep.repId)]);
}

/** Notes that a member is to be asked for, as of when the directory knew that something changed. */
export const askForMember = (
  table: Table,
  directory: DirectoryName,
  { userId, asOf }: { userId: string; asOf: Date },
  at: Date,
): Promise<void> => {
  const event = announce(DirectoryMemberChanged, { directory, userId, asOf: iso(asOf) });
  return commitOne(table, outbox(`MEMBER#${directory}#${userId}`, event, at));
};
