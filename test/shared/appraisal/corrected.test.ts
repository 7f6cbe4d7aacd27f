import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countingsOfContact } from '../../../shared/appraisal/counted-contact.ts';
import { countingsOfCorrection } from '../../../shared/appraisal/counted-correction.ts';
import type { Counting } from '../../../shared/appraisal/counting.ts';
import { sumOf } from '../../../shared/appraisal/facts.ts';
import { asTheyWere } from '../../../shared/journey/corrections/marked.ts';
import { type Interaction, isContact } from '../../../shared/journey/interaction.ts';
import { become } from '../../../shared/lead/lead.ts';
import { newId } from '../../../shared/platform/random.ts';
import { monday, scoredLead } from '../../histories.ts';

const lead = become(scoredLead('lead'), { status: 'assigned', owner: { repId: 'li', name: '李雷' } });
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
const act = fc.record({ what, corrects: fc.option(fc.nat(6), { nil: undefined }), never: fc.boolean() });

/** A contact as it was, or was said to be. */
const contactOf = ({ at, due, reached, by }: What): Interaction => ({
  ...{ interactionId: newId(hour(at)), at: hour(at).toISOString(), channel: 'phone', minutes: 1, reached },
  ...{ summary: 'talked about the line', outcome: 'x', ...(by === undefined ? {} : { repId: by }) },
  ...(due === undefined ? {} : { nextStep: { text: 'offer', dueAt: hour(at + due).toISOString() } }),
});

/** How many contacts, promises and kept ones the records tell of. */
function toldBy(records: readonly Interaction[]) {
  const contacts = asTheyWere(records);
  const promises = contacts.flatMap(({ at, nextStep }) => (nextStep ? [{ at, dueAt: nextStep.dueAt }] : []));
  const kept = promises.filter(({ at, dueAt }) =>
    contacts.some(
      (other) => isContact(other) && other.at > at && Date.parse(other.at) <= Date.parse(dueAt) + 86_400_000,
    ),
  );
  return { contacts: contacts.length, stepsDue: promises.length, stepsKept: kept.length };
}

describe('what contacts count for', () => {
  it('is what the records tell, in whatever order they are logged and corrected, each counted under a name of its own', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 14 }), (acts) => {
        const records: Interaction[] = [];
        const countings: Counting[] = [];
        for (const { what: said, corrects, never } of acts) {
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
        expect({ contacts, stepsDue, stepsKept }).toEqual(toldBy(records));
        const names = countings.map(({ repId, at, of }) => `${repId} ${at.slice(0, 10)} ${of.what} ${of.id}`);
        expect(new Set(names).size).toBe(names.length);
      }),
      { numRuns: 500 },
    );
  });
});
