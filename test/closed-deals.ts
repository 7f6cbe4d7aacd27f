import { emptyChain } from '../shared/audit/record.ts';
import type { Lead } from '../shared/lead/lead.ts';
import { create } from '../shared/lead/store.ts';
import { commit } from '../shared/platform/commit.ts';
import { newId } from '../shared/platform/random.ts';
import type { Table } from '../shared/platform/table.ts';
import type { ClosedLead } from '../shared/scoring/model/candidate.ts';
import { sigmoid } from '../shared/scoring/model/fit.ts';
import { startClock } from '../shared/sla/clock.ts';
import { deadlines, defaultSlaRules } from '../shared/sla/rules.ts';

/** Pasts with a known truth: what makes a lead win, and so how good a model can be at best. */

/** Draws in [0, 1), the same for the same seed. */
export function draws(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const HOUR = 3600 * 1000;
const pick = <T>(from: readonly T[], draw: number): T => from[Math.floor(draw * from.length)] as T;

/**
 * Deals closed before `until`, one every two hours: references win often, ads of tiktok seldom, downloads help and the
 * industry matters, which the built-in rules do not know. `truth` is the logit by which each was drawn.
 */
export function closedDeals(count: number, until: Date, seed = 7): (ClosedLead & { truth: number })[] {
  const draw = draws(seed);
  return Array.from({ length: count }, (_, n) => {
    const receivedAt = new Date(until.getTime() - (count - n) * 2 * HOUR - 48 * HOUR);
    const channel = pick(['web', 'web', 'google-ads', 'tiktok', 'linkedin'], draw());
    const industry = pick(['machines', 'retail', 'school', 'hospital'], draw());
    const downloads = Math.floor(draw() ** 2 * 4);
    const employees = draw() < 0.3 ? undefined : Math.round(10 * 1000 ** draw());
    const by = { machines: 1.6, retail: -1.4, school: -0.6, hospital: 0.4 }[industry] ?? 0;
    const truth = -1 + by + 0.7 * downloads + (channel === 'tiktok' ? -1.2 : channel === 'linkedin' ? 1 : 0);
    return {
      form: {
        contact: { phone: `+86139${String(10_000_000 + n)}`, name: `somebody ${n}` },
        source: { channel, campaign: pick(['spring', 'summer'], draw()) },
        company: { industry, employees },
        behavior: { downloads, siteSeconds: Math.floor(draw() * 600) },
      },
      receivedAt: receivedAt.toISOString(),
      closedAt: new Date(receivedAt.getTime() + 24 * HOUR).toISOString(),
      won: draw() < sigmoid(truth),
      truth,
    };
  });
}

function leadOf({ form, receivedAt, closedAt, won }: ClosedLead): Lead {
  const at = new Date(receivedAt);
  const leadId = newId(at);
  const owner = { repId: 'rep-1', name: 'rep-1' };
  const base = {
    leadId,
    receivedAt,
    source: { channel: form.source.channel },
    version: 1,
    sla: startClock(at, deadlines(defaultSlaRules, { grade: 'C' })),
    stage: { name: won ? ('payment-confirmed' as const) : ('lost' as const), since: closedAt },
    attempts: 0,
    audit: emptyChain(leadId),
  };
  return won
    ? { ...base, status: 'won', owner, closedAt }
    : { ...base, status: 'lost', owner, closedAt, lostReason: 'price' };
}

/** Puts the deals into the table as leads that were won or lost. */
export async function dealsAreClosed(table: Table, deals: readonly ClosedLead[]): Promise<void> {
  for (let at = 0; at < deals.length; at += 40) {
    const some = deals.slice(at, at + 40);
    await commit(
      table,
      some.flatMap((deal) => create(leadOf(deal), deal.form)),
    );
  }
}
