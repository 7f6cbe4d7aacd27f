import { current, load } from '../../shared/config/store.ts';
import { normaliseTextable } from '../../shared/lead/phone.ts';
import { type DirectoryName, renameMember, repOfMember } from '../../shared/org/directory/store.ts';
import { hear } from '../../shared/org/staff/store.ts';
import { iso } from '../../shared/platform/clock.ts';
import { reconsider } from '../../shared/platform/commit.ts';
import type { Table } from '../../shared/platform/table.ts';
import { companyZone } from '../../shared/platform/zone.ts';
import type { Member } from './directories/directory.ts';

/** Ids stand in keys and addresses. */
const ID = /^[\w.@-]{1,64}$/;

/**
 * What a directory says of a member becomes a word about the rep. A member whom the roster does not know becomes somebody new,
 * if the directory names them.
 */
export async function hearMember(table: Table, directory: DirectoryName, member: Member, at: Date): Promise<void> {
  const rep = await repOfMember(table, directory, member.userId);
  const employeeId = rep?.repId ?? member.userId;
  if (!rep && (member.name === undefined || member.status === undefined || !ID.test(employeeId))) return;
  const { departments } = await load(table, 'hr', (await current(table)).hr);
  const team = member.departments?.map((id) => departments[`${directory}:${id}`] ?? departments[id]).find(Boolean);
  const phone = member.phone === undefined ? undefined : normaliseTextable(member.phone);
  const row = {
    employeeId,
    asOf: iso(member.asOf),
    ...(member.name === undefined ? {} : { name: member.name }),
    ...(member.status === undefined ? {} : { status: member.status }),
    ...(member.email === undefined ? {} : { email: member.email }),
    ...(phone === undefined ? {} : { phone }),
    ...(team === undefined ? {} : { teamId: team }),
  };
  await hear(table, directory, row, at, companyZone());
  const { newUserId } = member;
  if (newUserId === undefined) return;
  await reconsider(async () => {
    const known = await repOfMember(table, directory, member.userId);
    if (known) await renameMember(table, directory, known, newUserId);
  });
}
