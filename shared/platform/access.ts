import { askedOf, type Lead, ownerOf } from '../lead/lead.ts';
import { isFrozen } from '../org/rep.ts';
import { readRep } from '../org/store.ts';
import type { Person } from './identity.ts';
import { notFound, Problem } from './problem.ts';
import type { Table } from './table.ts';

/**
 * The person as the roster knows them at this moment, whatever their token says.
 * @throws Problem 403 when HR froze them: whoever leaves is out at once
 */
export async function signedIn(table: Table, person: Person): Promise<Person> {
  if (person.repId === undefined) {
    if (person.role === 'rep') throw new Problem(403, 'the token names no rep');
    return person;
  }
  const rep = await readRep(table, person.repId);
  if (rep && isFrozen(rep)) throw new Problem(403, 'this account is frozen');
  if (!rep && person.role === 'rep') throw new Problem(403, 'the roster knows no such rep');
  const teamId = rep?.teamId ?? person.teamId;
  return { role: person.role, repId: person.repId, ...(teamId === undefined ? {} : { teamId }) };
}

/** @throws Problem 404 when the person may not know of the lead (which says no more than that it does not exist) */
export async function mustSeeBare(table: Table, person: Person, lead: Lead | undefined, leadId: string): Promise<Lead> {
  const seen = lead && (isAsked(person, lead) || (await sees(table, person, ownerOf(lead)?.repId)));
  if (!lead || !seen) throw notFound(`lead ${leadId}`);
  return lead;
}

/** @throws Problem 410 when its customer was erased, 404 when the person may not know of the lead */
export const mustSee = async (table: Table, person: Person, lead: Lead | undefined, leadId: string): Promise<Lead> =>
  mustBeThere(await mustSeeBare(table, person, lead, leadId));

/** @throws Problem 410 when the lead's customer was erased: nothing is to be known of them any more */
export function mustBeThere<L extends Lead>(lead: L): L {
  if (lead.erased) throw new Problem(410, `the customer of lead ${lead.leadId} was erased`);
  return lead;
}

/** Whether it is for this person to say who gets the lead. */
const isAsked = ({ role, teamId }: Person, lead: Lead): boolean =>
  role === 'supervisor' && teamId !== undefined && askedOf(lead) === teamId;

async function sees(table: Table, person: Person, owner: string | undefined): Promise<boolean> {
  if (person.role === 'admin') return true;
  if (owner === undefined) return false;
  if (person.role === 'rep') return owner === person.repId;
  return person.teamId !== undefined && (await readRep(table, owner))?.teamId === person.teamId;
}
