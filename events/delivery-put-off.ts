import * as z from 'zod';
import { event } from './contract.ts';

const texts = z.record(z.string(), z.string());

/**
 * A call that was accepted while the table was too busy to store it: what came, and under which id its lead will be. Lies in
 * intake's own queue, never on the bus or in the table. `body` is gzip in Base64.
 */
export const DeliveryPutOff = event(
  'DeliveryPutOff',
  {
    leadId: z.string(),
    source: z.string(),
    shown: z.enum(['signature', 'key']),
    headers: texts,
    query: texts,
    body: z.string(),
  },
  {
    leadId: '01JD0000000000000000000001',
    source: 'web',
    shown: 'key',
    headers: { 'content-type': 'application/json' },
    query: {},
    body: 'H4sIAAAAAAAAA6uuBQBDv6ajAgAAAA==',
  },
);
