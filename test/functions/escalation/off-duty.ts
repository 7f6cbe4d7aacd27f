import type { Context } from 'aws-lambda';
import { LeadScored } from '../../../events/lead-scored.ts';
import { handler } from '../../../functions/assignment/handler.ts';
import { context, messages } from '../../histories.ts';

const today = new Date().getUTCDay() || 7;

/** On duty on the day after tomorrow only. */
export const offDuty = [{ days: [((today + 1) % 7) + 1], from: '09:00', to: '18:00' }];

/** Lets a scored lead be assigned, once. */
export const attempt = (leadId: string) =>
  handler(messages(LeadScored, { ...LeadScored.sample, leadId, grade: 'B', value: 50 }), context as Context);
