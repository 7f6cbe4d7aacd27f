import * as z from 'zod';
import { event } from './contract.ts';

/** Deadlines go by a calendar whose holidays are not known from this year on: weekdays count as they are. Wakes notification (admin alert). */
export const HolidaysUnknown = event('HolidaysUnknown', { year: z.int() }, { year: 2027 });
