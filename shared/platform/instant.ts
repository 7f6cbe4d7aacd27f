import * as z from 'zod';
import { iso } from './clock.ts';

/** A time from outside, with its zone. Kept as all times are: in UTC, with milliseconds. */
export const instant = z.iso.datetime({ offset: true }).transform((text) => iso(new Date(text)));
