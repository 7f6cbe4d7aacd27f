import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../functions/scim/failure.ts';
import { type Draft, draftOf } from '../../../functions/scim/normalise.ts';
import { patched } from '../../../functions/scim/patch.ts';
import { checked } from '../../../functions/scim/schema.ts';
import { ENTERPRISE } from './directory.ts';

const message = (...Operations: unknown[]) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations,
});
/** What a user is after the operations, or why they are refused. */
function result(user: Draft, ...operations: unknown[]): Draft | string {
  try {
    return checked(patched(user, message(...operations)));
  } catch (error) {
    if (error instanceof Refusal) return `${error.scimType}`;
    throw error;
  }
}

const word = fc.constantFrom('a', 'b', 'Li@ex.com', 'x"y]z', '');
const type = fc.constantFrom('work', 'home', 'Work');
const email = fc.record({ value: word, type, primary: fc.boolean() }, { requiredKeys: [] });
const user = fc
  .record(
    {
      userName: fc.constantFrom('u', 'v'),
      title: word,
      active: fc.boolean(),
      name: fc.record({ givenName: word, familyName: word }, { requiredKeys: [] }),
      emails: fc.array(email, { maxLength: 3 }),
      [ENTERPRISE]: fc.record({ department: word, manager: word }, { requiredKeys: [] }),
    },
    { requiredKeys: ['userName'] },
  )
  .map((body) => checked(draftOf(body)) as Draft);

const valued = fc.oneof(
  fc.record({
    path: fc.constantFrom('title', 'userName', 'NAME.givenName', `${ENTERPRISE}:manager`, 'manager'),
    value: word,
  }),
  fc.record({ path: fc.constantFrom('emails', 'Emails'), value: fc.array(email, { maxLength: 2 }) }),
  fc.record({ path: type.map((each) => `emails[type eq "${each}"].value`), value: word }),
  fc.record({ path: type.map((each) => `emails[type eq "${each}"].primary`), value: fc.constantFrom('True', false) }),
  fc.record({ path: type.map((each) => `emails[type eq "${each}"]`), value: email }),
  fc.record({ path: fc.constant('active'), value: fc.constantFrom('False', 'true', true, false) }),
);
const replace = valued.map((each) => ({ op: 'Replace', ...each }));
const operation = fc.oneof(
  replace,
  valued.map((each) => ({ op: 'add', ...each })),
  valued.map(({ path }) => ({ op: 'remove', path })),
);

describe('a PATCH', () => {
  it('of one value, applied twice, is as applied once', () => {
    fc.assert(
      fc.property(user, replace, (before, each) => {
        const once = result(before, each);
        if (typeof once !== 'string') expect(result(once, each)).toEqual(once);
      }),
    );
  });

  it('of several operations is as one PATCH for each, or is refused as a whole', () => {
    fc.assert(
      fc.property(user, fc.array(operation, { minLength: 1, maxLength: 5 }), (before, operations) => {
        const whole = result(before, ...operations);
        let stepwise: Draft | string = before;
        for (const each of operations) {
          if (typeof stepwise !== 'string') stepwise = result(stepwise, each);
        }
        if (typeof stepwise !== 'string') expect(whole).toEqual(stepwise);
      }),
    );
  });

  it('changes nothing of what it was given, and gives what the schema takes unchanged', () => {
    fc.assert(
      fc.property(user, fc.array(operation, { minLength: 1, maxLength: 5 }), (before, operations) => {
        const copy = structuredClone(before);
        const made = result(before, ...operations);
        expect(before).toEqual(copy);
        if (typeof made !== 'string') expect(checked(draftOf(made))).toEqual(made);
      }),
    );
  });

  it('without a path is as with a path for each of its names', () => {
    fc.assert(
      fc.property(user, fc.uniqueArray(valued, { selector: ({ path }) => path, minLength: 1 }), (before, each) => {
        const value = Object.fromEntries(each.map(({ path, value: of }) => [path, of]));
        const byPath = each.map(({ path, value: of }) => ({ op: 'replace', path, value: of }));
        expect(result(before, { op: 'replace', value })).toEqual(result(before, ...byPath));
      }),
    );
  });

  const li = { userName: 'li', emails: [{ value: 'a', type: 'work', primary: true }], name: { givenName: 'Lei' } };

  it('adds to a list what is not there yet, and only one is primary', () => {
    const value = [
      { value: 'a', type: 'work', primary: true },
      { value: 'b', type: 'home', primary: true },
    ];
    expect(result(li, { op: 'add', path: 'emails', value })).toMatchObject({
      emails: [
        { value: 'a', primary: false },
        { value: 'b', primary: true },
      ],
    });
    expect(result(li, { op: 'add', path: 'emails', value: value[0] })).toEqual(checked(li));
    expect(result(li, { op: 'add', path: 'emails', value: [] })).toEqual(checked(li));
  });

  it('takes from a list what its filter, or its value, says', () => {
    const two = { ...li, emails: [...li.emails, { value: 'b', type: 'home' }] };
    expect(result(two, { op: 'remove', path: 'emails[type eq "WORK"]' })).toMatchObject({ emails: [{ value: 'b' }] });
    expect(result(two, { op: 'remove', path: 'emails', value: [{ value: 'b' }] })).toMatchObject({
      emails: [{ value: 'a' }],
    });
    expect(result(two, { op: 'remove', path: 'emails', value: [{}] })).toEqual(checked(two));
    expect(result(two, { op: 'remove', path: 'emails' })).not.toHaveProperty('emails');
    expect(result(two, { op: 'remove', path: 'emails[type eq "other"]' })).toEqual(checked(two));
  });

  it('replaces of a name only the parts that it names, and of a list all', () => {
    expect(
      result(li, { op: 'replace', value: { name: { familyName: 'Li' }, emails: [{ value: 'c' }] } }),
    ).toMatchObject({
      name: { givenName: 'Lei', familyName: 'Li' },
      emails: [{ value: 'c' }],
    });
    expect(result(li, { op: 'replace', path: 'name', value: null })).not.toHaveProperty('name');
  });
});
