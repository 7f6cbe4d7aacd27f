import { expiry, iso } from '../../platform/clock.ts';
import { Conflict, commitOne, update } from '../../platform/commit.ts';
import type { Table } from '../../platform/table.ts';

const HOUR = 3600 * 1000;

/** Whether one more message may go by a channel this minute; counts it if so. */
export async function claimSlot(table: Table, channel: string, perMinute: number, at: Date): Promise<boolean> {
  const minute = iso(at).slice(0, 16);
  try {
    await commitOne(
      table,
      update(
        'rate',
        { pk: `RATE#${channel}`, sk: minute },
        {
          expression: 'SET expiresAt = :expiry ADD #sent :one',
          onlyIf: 'attribute_not_exists(#sent) OR #sent < :most',
          names: { '#sent': 'sent' },
          values: { ':one': 1, ':most': perMinute, ':expiry': expiry(at, HOUR) },
        },
      ),
    );
    return true;
  } catch (error) {
    if (error instanceof Conflict) return false;
    throw error;
  }
}
