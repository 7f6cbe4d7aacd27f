import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countingsOfContact, countingsOfEnd } from '../../../shared/appraisal/counted-contact.ts';
import { countingsOfCorrection } from '../../../shared/appraisal/counted-correction.ts';
import type { Counting } from '../../../shared/appraisal/counting.ts';
import { sumOf } from '../../../shared/appraisal/facts.ts';
import { asTheyWere } from '../../../shared/journey/corrections/marked.ts';
import { type Interaction, isContact } from '../../../shared/journey/interaction.ts';
import { become, type Lead } from '../../../shared/lead/lead.ts';
import { newId } from '../../../shared/platform/random.ts';
import { monday, scoredLead } from '../../histories.ts';

const owner = { repId: 'li', name: '李雷' };
const open: Lead = become(scoredLead('lead'), { status: 'assigned', owner });
const hour = (hours: number): Date => new Date(monday.getTime() + hours * 3600_000);

interface What {
  at: number;
  due: number | undefined;
  reached: boolean;
  by: string | undefined;
}
const what: fc.Arbitrary<What> = fc.record({
  at: fc.nat(100),
  due: fc.option(fc.nat(60), { nil: undefined }),
  reached: fc.boolean(),
  by: fc.constantFrom('li', 'wang', undefined),
});
/** When the deal ends, and before which act. */
const end = fc.record({ at: fc.nat(100), before: fc.nat(13) });
const act = fc.record({ what, corrects: fc.option(fc.nat(6), { nil: undefined }), never: fc.boolean() });

/** A contact as it was, or was said to be. */
const contactOf = ({ at, due, reached, by }: What): Interaction => ({
  ...{ interactionId: newId(hour(at)), at: hour(at).toISOString(), channel: 'phone', minutes: 1, reached },
  ...{ summary: 'talked about the line', outcome: 'x', ...(by === undefined ? {} : { repId: by }) },
  ...(due === undefined ? {} : { nextStep: { text: 'offer', dueAt: hour(at + due).toISOString() } }),
});

/** How many contacts, promises and kept ones the records tell of; one that the deal's end left unkept before it was due is none. */
function toldBy(records: readonly Interaction[], endedAt: string | undefined) {
  const contacts = asTheyWere(records);
  const promises = contacts.flatMap(({ at, nextStep }) => (nextStep ? [{ at, dueAt: nextStep.dueAt }] : []));
  const kept = promises.filter(({ at, dueAt }) =>
    contacts.some(
      (other) => isContact(other) && other.at > at && Date.parse(other.at) <= Date.parse(dueAt) + 86_400_000,
    ),
  );
  const moot = promises.filter(
    (each) => endedAt !== undefined && !kept.includes(each) && each.at <= endedAt && endedAt < each.dueAt,
  );
  return { contacts: contacts.length, stepsDue: promises.length - moot.length, stepsKept: kept.length };
}

describe('what contacts count for', () => {
  it('is what the records tell, in whatever order they are logged and corrected, whenever the deal ends, each counted under a name of its own', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 14 }), fc.option(end, { nil: undefined }), (acts, ends) => {
        const records: Interaction[] = [];
        const countings: Counting[] = [];
        let lead = open;
        for (const [n, { what: said, corrects, never }] of acts.entries()) {
          if (n === ends?.before) {
            lead = become(open, { status: 'won', owner, closedAt: hour(ends.at).toISOString() });
            countings.push(...countingsOfEnd(lead, asTheyWere(records)));
          }
          const contacts = asTheyWere(records);
          const wrong = corrects === undefined ? undefined : contacts[corrects];
          const made = contactOf(said);
          const right: Interaction = wrong
            ? { ...made, corrects: wrong.interactionId, ...(never ? { retracted: true } : {}) }
            : made;
          countings.push(
            ...(wrong
              ? countingsOfCorrection(lead, wrong, right, records)
              : countingsOfContact(lead, right, contacts, right.at)),
          );
          records.push(right);
        }
        const { contacts = 0, stepsDue = 0, stepsKept = 0 } = sumOf(countings.map(({ facts }) => facts));
        expect({ contacts, stepsDue, stepsKept }).toEqual(
          toldBy(records, 'closedAt' in lead ? lead.closedAt : undefined),
        );
        const names = countings.map(({ repId, at, of }) => `${repId} ${at.slice(0, 10)} ${of.what} ${of.id}`);
        expect(new Set(names).size).toBe(names.length);
      }),
      { numRuns: 1000 },
    );
  });
});
