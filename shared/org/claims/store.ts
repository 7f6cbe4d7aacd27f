import { expiry, iso } from '../../platform/clock.ts';
import { type Change, update } from '../../platform/commit.ts';

const WEEK = 7 * 24 * 3600 * 1000;

/** Counts a lead that a rep takes out of the pool (a day of UTC), if they may take one more; for the transaction that gives it to them. */
export const claimOf = (repId: string, perDay: number, at: Date): Change =>
  update(
    'claims of the day',
    { pk: `REP#${repId}`, sk: `CLAIMS#${iso(at).slice(0, 10)}` },
    {
      expression: 'SET expiresAt = :expiry ADD #claims :one',
      onlyIf: 'attribute_not_exists(#claims) OR #claims < :most',
      names: { '#claims': 'claims' },
      values: { ':one': 1, ':most': perDay, ':expiry': expiry(at, WEEK) },
    },
  );
