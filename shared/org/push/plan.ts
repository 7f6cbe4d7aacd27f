import type { HrRules } from '../guard.ts';
import type { Employee, ReadRoster, Rejected } from '../roster.ts';
import { changeOf, freezes } from '../staff/change.ts';
import { type Page, pageOf } from '../staff/page.ts';
import { onRoster, type Person, type Said, say, type Today } from '../staff/word.ts';
import { idsByName, inCircles } from './managers.ts';
import type { LastWord } from './order.ts';

/** What a push is weighed against. */
export interface Situation {
  asOf: string;
  mode: 'full' | 'delta';
  read: ReadRoster;
  /** Every page of the staff, or those on which somebody of the push stands. */
  pages: ReadonlyMap<number, Page>;
  /** What HR knew then or later and was applied already. */
  later: LastWord;
  rules: HrRules;
  now: Today;
}

/** Rows that change what is known, by page; and whom they freeze. */
export interface Changing {
  rows: Map<number, Said[]>;
  frozen: string[];
  /** How many of these are active now. */
  ofActive: number;
}

/** What a push comes to. */
export interface Plan {
  /** What rows change what is known, and whom they freeze. */
  said: Changing;
  /** What being absent from a whole roster changes, and whom it freezes. */
  absent: Changing;
  rejected: Rejected[];
  /** The active among those on the pages. */
  active: number;
  /** Everybody whom a whole roster names, if the others count as absent. */
  everybody?: Set<string>;
  /** Somebody gets another manager. */
  managersChange: boolean;
}

const nothing = {};

/** What a push changes, whom it freezes, and which of its rows are not taken after all. */
export function plan({ asOf, mode, read, pages, later, rules, now }: Situation): Plan {
  const personOf = (id: string): Person | undefined => pages.get(pageOf(id))?.people.get(id);
  const everybody =
    mode === 'full' && read.disputed && rules.absent === 'left'
      ? new Set([...read.good.keys(), ...read.disputed])
      : undefined;
  const rejected = [...read.rejected];
  const circles = circling(read, pages, personOf, now);
  const said: Changing = { rows: new Map(), frozen: [], ofActive: 0 };
  const absent: Changing = { rows: new Map(), frozen: [], ofActive: 0 };
  let managersChange = false;

  const consider = (row: Said, changing: Changing): void => {
    const { rows, frozen } = changing;
    const before = personOf(row.employeeId);
    const settled = later.on(row, asOf, before?.words.hr);
    const words = say(before?.words ?? nothing, 'hr', settled, now.at.toISOString());
    const change = changeOf(row.employeeId, before, words, now, { by: 'hr' });
    if (words === before?.words && !change) return;
    if (!before && !change) return;
    const page = pageOf(row.employeeId);
    const onPage = rows.get(page) ?? [];
    rows.set(page, onPage);
    onPage.push(settled);
    managersChange ||= change?.to.managerId !== undefined && change.to.managerId !== change.from?.managerId;
    if (!change || !freezes(change)) return;
    frozen.push(row.employeeId);
    if (change.from?.status === 'active') changing.ofActive += 1;
  };

  for (const { row, line } of read.good.values()) {
    if (circles.ids.has(row.employeeId)) {
      rejected.push({
        line,
        path: 'managerId',
        message: `going from manager to manager, ${row.employeeId} comes back to themselves`,
      });
    } else {
      const meant = circles.managed(row);
      if (row.managerId !== undefined && meant.managerId === undefined) {
        const message = `more than one person goes by ${row.managerId}: name the employeeId (the rest of the row is taken)`;
        rejected.push({ line, path: 'managerId', message });
        managersChange = true;
      }
      consider(meant, said);
    }
  }
  if (everybody) {
    for (const page of pages.values()) {
      for (const [employeeId, { words }] of page.people) {
        if (words.hr && words.hr.status !== 'left' && !everybody.has(employeeId))
          consider({ employeeId, name: words.hr.name, status: 'left' }, absent);
      }
    }
  }
  let active = 0;
  for (const page of pages.values()) {
    for (const { status } of page.people.values()) if (status === 'active') active += 1;
  }
  return { said, absent, rejected, active, managersChange, ...(everybody ? { everybody } : {}) };
}

/** Says whom a row means by its manager: it comes back with the id, and without a manager where that may be one of several. */
type Managed = (row: Employee) => Employee;

/** Whose rows would make them their own manager's manager; and whom rows mean by a name. */
function circling(
  read: ReadRoster,
  pages: ReadonlyMap<number, Page>,
  personOf: (id: string) => Person | undefined,
  now: Today,
): { ids: Set<string>; managed: Managed } {
  const managerOf = ({ employeeId }: Employee) => personOf(employeeId)?.words.hr?.managerId;
  const turning = [...read.good.values()].some(
    ({ row }) => row.managerId !== undefined && row.managerId !== managerOf(row),
  );
  if (!turning) return { ids: new Set(), managed: (row) => row };
  const managers = new Map<string, string | undefined>();
  const names = new Map<string, string | undefined>();
  for (const page of pages.values()) {
    for (const [id, person] of page.people) {
      const fields = onRoster(person, now);
      managers.set(id, fields?.managerId);
      names.set(id, fields?.name);
    }
  }
  for (const { row } of read.good.values()) names.set(row.employeeId, row.name);
  const byName = idsByName(names);
  const managed: Managed = (row) => {
    const { managerId: said, ...rest } = row;
    // Ids stand above names.
    if (said === undefined || names.has(said)) return row;
    if (!byName.shared.has(said)) return { ...row, managerId: byName.ids.get(said) ?? said };
    // Somebody else of the same name makes nobody's manager another.
    const before = managerOf(row);
    return before !== undefined && names.get(before) === said ? { ...rest, managerId: before } : rest;
  };
  for (const { row } of read.good.values()) {
    const { managerId } = managed(row);
    if (managerId !== undefined) managers.set(row.employeeId, managerId);
  }
  return { ids: new Set([...inCircles(managers)].filter((id) => read.good.has(id))), managed };
}
