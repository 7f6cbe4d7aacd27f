import * as z from 'zod';
import { event } from './contract.ts';

/** All open leads of a rep were handed over: so many by grade go to others, so many wait for the supervisor. Wakes notification. */
export const LeadsHandedOver = event(
  'LeadsHandedOver',
  {
    repId: z.string(),
    reason: z.string(),
    /** Which of the rep's hand-overs for that reason. */
    of: z.string(),
    released: z.record(z.string(), z.int().min(0)),
    asked: z.int().min(0),
  },
  { repId: 'rep-li', reason: 'owner-left', of: '2026-11-23T02:00:00.000Z', released: { A: 5, B: 20, C: 25 }, asked: 3 },
);
