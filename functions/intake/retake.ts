import { type Kept, readAside, retaken } from '../../shared/intake/quarantine/store.ts';
import { Problem } from '../../shared/platform/problem.ts';
import type { StepContext } from '../../shared/platform/queue-step.ts';
import type { Delivery } from './delivery.ts';
import { fetchLead } from './fetch-lead.ts';
import { NotFetched } from './fetched.ts';
import type { Taken } from './sources/source.ts';
import { takeIn } from './take-in.ts';

const sentAs = ({ source, shown, headers, query, body, reference, row }: Kept) => ({
  source,
  shown,
  headers,
  query,
  body,
  ...(reference ? { fetched: reference } : {}),
  ...(row === undefined ? {} : { row }),
});

const leadIdIn = (taken: readonly Taken[]): string | undefined =>
  taken.flatMap((each) => (each.kind === 'lead' ? ((each.receipt as { leadId?: string }).leadId ?? []) : []))[0];

/** Takes in what lies in the leads' quarantine, by the mapping as it is now, and notes there what became of it. Can be repeated. */
export async function retake(quarantineId: string, by: string, { table, attempt }: StepContext): Promise<void> {
  const found = await readAside(table, quarantineId);
  if (found?.entry.status !== 'retaking') return;
  const { kept } = found;
  const { leadId, cameAt } = kept;
  try {
    const sent = kept.kind === 'reference' ? await fetchLead(kept.source, kept.reference ?? {}, attempt) : sentAs(kept);
    const delivery: Delivery = { ...sent, at: new Date(cameAt), leadId, again: true, retaken: { by, cameAt } };
    const { taken } = await takeIn(table, delivery);
    const still = taken.find((each) => each.kind === 'quarantined');
    await retaken(table, quarantineId, still ? { reason: still.reason } : { leadId: leadIdIn(taken) });
  } catch (error) {
    if (!(error instanceof NotFetched || error instanceof Problem)) throw error;
    await retaken(table, quarantineId, { reason: error.message });
  }
}
