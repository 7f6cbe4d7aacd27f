import * as z from 'zod';

/** What every event says about itself: `eventId` (a ULID, the key for recognising repeats) and `at` (ISO 8601, UTC, ms). */
const head = { eventId: z.string().min(1), at: z.iso.datetime({ precision: 3 }) };

/** One kind of event: its name on the bus, the schema of its detail, and a sample that the schema accepts. */
export interface EventContract<Type extends string, Shape extends z.ZodRawShape> {
  readonly type: Type;
  readonly schema: z.ZodObject<typeof head & Shape>;
  readonly sample: z.infer<z.ZodObject<typeof head & Shape>>;
}

/** The detail of an event of this contract. */
export type EventOf<C> = C extends { sample: infer Detail } ? Detail : never;

/** Any contract; for lists of them. */
export interface AnyEventContract {
  readonly type: string;
  readonly schema: z.ZodObject;
  readonly sample: { eventId: string; at: string };
}

/** An event that has yet to be written to the outbox: the commit gives it its id and its time. */
export interface OutgoingEvent {
  readonly type: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Declares an event. `sample` is checked against the schema at load, so that no sample can go stale. */
export function event<const Type extends string, Shape extends z.ZodRawShape>(
  type: Type,
  shape: Shape,
  sample: Omit<z.infer<z.ZodObject<typeof head & Shape>>, 'eventId' | 'at'>,
): EventContract<Type, Shape> {
  const schema = z.object({ ...head, ...shape }) as z.ZodObject<typeof head & Shape>;
  const whole = { eventId: '01JD0000000000000000000000', at: '2026-11-01T02:00:00.000Z', ...sample };
  return { type, schema, sample: schema.parse(whole) as z.infer<z.ZodObject<typeof head & Shape>> };
}

/** An event of the contract, ready for the outbox. The detail is typed; the id and the time come with the commit. */
export function announce<C extends AnyEventContract>(
  contract: C,
  detail: Omit<EventOf<C>, 'eventId' | 'at'>,
): OutgoingEvent {
  return { type: contract.type, detail: detail as Record<string, unknown> };
}
