import * as z from 'zod';
import { event } from './contract.ts';

/** A task is due, or nearly so: whoever has it is reminded; where nobody has (no `repId`), a supervisor. Wakes notification. */
export const TaskReminded = event(
  'TaskReminded',
  {
    taskId: z.string(),
    leadId: z.string().optional(),
    repId: z.string().optional(),
    dueAt: z.iso.datetime({ precision: 3 }),
  },
  {
    taskId: '01JD0000000000000000000001.01JD0000000000000000000004',
    leadId: '01JD0000000000000000000001',
    repId: 'rep-li',
    dueAt: '2026-11-02T02:00:00.000Z',
  },
);
