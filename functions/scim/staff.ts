import { current, load } from '../../shared/config/store.ts';
import { normaliseTextable } from '../../shared/lead/phone.ts';
import { inCircles } from '../../shared/org/push/managers.ts';
import { employee } from '../../shared/org/roster.ts';
import { hear, readStaff } from '../../shared/org/staff/store.ts';
import { onRoster, today } from '../../shared/org/staff/word.ts';
import { Problem } from '../../shared/platform/problem.ts';
import type { Table } from '../../shared/platform/table.ts';
import { companyZone } from '../../shared/platform/zone.ts';
import { fits, type Row } from './employee.ts';
import { alike } from './filter.ts';

/** The staff as SCIM meets it. */
export interface Staff {
  /** The id of whoever the roster knows by this e-mail address. */
  employeeWith(email: string): Promise<string | undefined>;
  /** Takes what SCIM says of a person now, all of it; to hear it twice changes nothing. @throws Problem 400 when it cannot be so */
  hear(row: Row): Promise<void>;
}

/** The staff as the systems say it is. */
export const staffOf = (table: Table, now: () => Date): Staff => ({
  async employeeWith(email) {
    for (const page of (await readStaff(table)).values()) {
      for (const [id, { words }] of page.people) {
        if (Object.values(words).some((word) => word.email !== undefined && alike(word.email, email))) return id;
      }
    }
    return undefined;
  },

  async hear({ department, managerId, phone, ...row }) {
    const { departments } = await load(table, 'hr', (await current(table)).hr);
    const team = department === undefined ? undefined : (departments[department] ?? department);
    const teamId = employee.shape.teamId.safeParse(team).data;
    const number = phone === undefined ? undefined : normaliseTextable(phone);
    const said = {
      ...row,
      ...(number === undefined ? {} : { phone: number }),
      ...(teamId === undefined ? {} : { teamId }),
      ...(fits(managerId) ? { managerId } : {}),
    };
    const read = employee.partial().required({ employeeId: true }).safeParse(said);
    const [wrong] = read.error?.issues ?? [];
    if (!read.success) throw new Problem(400, `${wrong?.path.join('.')}: ${wrong?.message}`);
    await refuseCircles(table, row.employeeId, said.managerId, now());
    await hear(table, 'scim', read.data, now(), companyZone(), 'whole');
  },
});

/** @throws Problem 400 when somebody would become their own manager's manager */
async function refuseCircles(table: Table, employeeId: string, managerId: string | undefined, at: Date): Promise<void> {
  if (managerId === undefined) return;
  const now = today(at, companyZone());
  const managers = new Map<string, string | undefined>();
  for (const page of (await readStaff(table)).values()) {
    for (const [id, person] of page.people) managers.set(id, onRoster(person, now)?.managerId);
  }
  if (managers.get(employeeId) === managerId) return;
  managers.set(employeeId, managerId);
  if (!inCircles(managers).has(employeeId)) return;
  throw new Problem(400, `manager: going from manager to manager, ${employeeId} comes back to themselves`);
}
