import * as z from 'zod';
import { normalisePhone } from '../../lead/phone.ts';
import { openStages, stages } from '../stages.ts';

const words = (longest: number) => z.string().trim().min(1).max(longest);
const moment = z
  .union(
    [z.iso.datetime({ offset: true }), z.iso.date()],
    'a day such as 2026-03-01, or a time such as 2026-03-01T09:30:00+08:00',
  )
  .transform((text) => new Date(text).toISOString());

const phone = words(40).transform((text, context) => {
  const number = normalisePhone(text);
  if (number === undefined) context.addIssue({ code: 'custom', message: 'is no phone number' });
  return number ?? z.NEVER;
});

/** A deal of the time before this system, as its books tell it: which stage it entered when, and how it ended. */
export const pastDeal = z
  .strictObject({
    /** Its id where it comes from: the same deal is taken once. */
    externalId: words(200),
    contact: z
      .strictObject({
        name: words(120).optional(),
        phone: phone.optional(),
        email: z.email().max(320).optional(),
        wechat: words(64).optional(),
      })
      .refine((contact) => contact.phone ?? contact.email ?? contact.wechat, 'a phone, an e-mail or a WeChat id'),
    company: z.strictObject({ name: words(200), industry: words(120).optional() }).optional(),
    productLine: words(120).optional(),
    source: words(60).default('history'),
    repId: words(64),
    receivedAt: moment,
    firstContactAt: moment.optional(),
    /** The stages that it entered after the first, in order, each with when. */
    entered: z
      .array(z.strictObject({ stage: z.enum(stages), at: moment }))
      .max(50)
      .default([]),
    lost: z.strictObject({ at: moment, reason: words(500) }).optional(),
  })
  .superRefine((deal, context) => {
    const refuse = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    let [stage, since]: [string, string] = [openStages[0], deal.receivedAt];
    deal.entered.forEach((entry, at) => {
      if (stage === stages.at(-1)) refuse(['entered', at, 'stage'], 'the deal was won before');
      else if (entry.stage === stage) refuse(['entered', at, 'stage'], `it was in ${stage} already`);
      if (entry.at < since) refuse(['entered', at, 'at'], 'is before what came before it');
      [stage, since] = [entry.stage, entry.at];
    });
    if (deal.lost && stage === stages.at(-1)) refuse(['lost'], 'the deal was won');
    if (deal.lost && deal.lost.at < since) refuse(['lost', 'at'], 'is before what came before it');
    if (deal.firstContactAt !== undefined && deal.firstContactAt < deal.receivedAt)
      refuse(['firstContactAt'], 'is before the lead came in');
  });

/** A deal of the time before. */
export type PastDeal = z.infer<typeof pastDeal>;

/** A step of a deal: from where, since when, to where, and when. */
export interface PastMove {
  from: (typeof stages)[number];
  since: string;
  to: (typeof stages)[number] | 'lost';
  at: string;
}

/** The moves that a deal made, in order. */
export function movesOf({ entered, lost, receivedAt }: Pick<PastDeal, 'entered' | 'lost' | 'receivedAt'>): PastMove[] {
  const moves: PastMove[] = [];
  let [from, since]: [PastMove['from'], string] = [openStages[0], receivedAt];
  for (const { stage, at } of entered) {
    moves.push({ from, since, to: stage, at });
    [from, since] = [stage, at];
  }
  return lost ? [...moves, { from, since, to: 'lost', at: lost.at }] : moves;
}
