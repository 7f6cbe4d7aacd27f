import * as z from 'zod';
import { lastRouted } from '../../../shared/audit/store.ts';
import type { Lead } from '../../../shared/lead/lead.ts';
import { anyStatus, list } from '../../../shared/lead/store.ts';
import type { Table } from '../../../shared/platform/table.ts';
import type { RoutingInputs } from '../../../shared/routing/inputs.ts';
import { type Routing, route as routeLead } from '../../../shared/routing/route.ts';

/** Over how many of the newest leads a draft is run. */
export const query = z.object({ leads: z.coerce.number().int().min(1).max(500).default(100) });

/** The newest leads of those to keep. */
export const recent = async (table: Table, most: number, keep: (lead: Lead) => boolean): Promise<Lead[]> =>
  (await list(table, anyStatus, keep, most)).items;

const outcome = z.object({ repId: z.string().nullable(), basis: z.string().nullable(), cause: z.string().nullable() });
/** Who would have got what. */
export const reassigned = z.object({
  leads: z.number(),
  changed: z.array(z.object({ leadId: z.string(), from: outcome, to: outcome, because: z.string() })),
  reps: z.array(z.object({ repId: z.string(), before: z.number(), after: z.number() })),
});

/** A decision that was taken, and the same with something else in force. */
interface Compared {
  leadId: string;
  before: Routing;
  after: Routing;
}

const short = (routing: Routing): z.infer<typeof outcome> =>
  routing.outcome === 'assigned'
    ? { repId: routing.repId, basis: routing.basis, cause: null }
    : { repId: null, basis: null, cause: routing.cause };

/** Who would have got what: the leads that would have gone elsewhere, and what that means for each rep. */
export function compare(decisions: readonly Compared[]): z.infer<typeof reassigned> {
  const reps = new Map<string, { before: number; after: number }>();
  const count = (repId: string | null, when: 'before' | 'after') => {
    if (repId === null) return;
    const counted = reps.get(repId) ?? { before: 0, after: 0 };
    counted[when] += 1;
    reps.set(repId, counted);
  };
  const changed = decisions.flatMap(({ leadId, before, after }) => {
    const [from, to] = [short(before), short(after)];
    count(from.repId, 'before');
    count(to.repId, 'after');
    const because = after.candidates.find((candidate) => candidate.outcome === 'chosen')?.reason ?? to.cause ?? '';
    return from.repId === to.repId && from.cause === to.cause ? [] : [{ leadId, from, to, because }];
  });
  return {
    leads: decisions.length,
    changed,
    reps: [...reps].map(([repId, counted]) => ({ repId, ...counted })).sort((a, b) => (a.repId < b.repId ? -1 : 1)),
  };
}

/** Runs the router's last decision on each of the newest leads again, on what it saw then but for what `otherwise` changes. */
export async function rerun(
  table: Table,
  most: number,
  otherwise: (inputs: RoutingInputs, lead: Lead) => Promise<RoutingInputs>,
): Promise<Compared[]> {
  const leads = await recent(table, most, ({ audit }) => audit.records > 0);
  const compared = await Promise.all(
    leads.map(async (lead): Promise<Compared[]> => {
      const inputs = (await lastRouted(table, lead.leadId))?.inputs;
      if (!inputs) return [];
      return [{ leadId: lead.leadId, before: routeLead(inputs), after: routeLead(await otherwise(inputs, lead)) }];
    }),
  );
  return compared.flat();
}
