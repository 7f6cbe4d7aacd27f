import * as z from 'zod';
import { event } from './contract.ts';

/** A task was due and is not done: the supervisor of whoever has it is told. Wakes notification. */
export const TaskOverdue = event(
  'TaskOverdue',
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
