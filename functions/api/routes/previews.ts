import * as z from 'zod';
import { lastRouted } from '../../../shared/audit/store.ts';
import { current, load } from '../../../shared/config/store.ts';
import { gradeOf, type Lead, ownerOf } from '../../../shared/lead/lead.ts';
import { anyStatus, list, readForms } from '../../../shared/lead/store.ts';
import type { Table } from '../../../shared/platform/table.ts';
import { seenToo } from '../../../shared/routing/facts/store.ts';
import type { RoutingInputs } from '../../../shared/routing/inputs.ts';
import { type Routing, route as routeLead } from '../../../shared/routing/route.ts';
import { decisionRules, routingRules } from '../../../shared/routing/rules.ts';
import { scoreLead } from '../../../shared/scoring/model/lead-model.ts';
import { modelFor } from '../../../shared/scoring/model/store.ts';
import { grades, scoringRules } from '../../../shared/scoring/rules.ts';
import { startClock } from '../../../shared/sla/clock.ts';
import { deadlines, slaRules } from '../../../shared/sla/rules.ts';
import { compileTerritories } from '../../../shared/territory/index-file.ts';
import { territoriesAt } from '../../../shared/territory/places.ts';
import { TerritoryCollection } from '../../../shared/territory/territory.ts';
import { type Route, route } from '../route.ts';
import { checkDraftOf, said } from './territories.ts';

/** Over how many of the newest leads a draft is run. */
const query = z.object({ leads: z.coerce.number().int().min(1).max(500).default(100) });

const recent = async (table: Table, most: number, keep: (lead: Lead) => boolean): Promise<Lead[]> =>
  (await list(table, anyStatus, keep, most)).items;

const outcome = z.object({ repId: z.string().nullable(), basis: z.string().nullable(), cause: z.string().nullable() });
const reassigned = z.object({
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
function compare(decisions: readonly Compared[]): z.infer<typeof reassigned> {
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
async function rerun(
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

const previewRouting = route({
  method: 'POST',
  path: '/config/routing/preview',
  summary: 'Who of the newest leads would have gone elsewhere by these routing rules; changes nothing',
  roles: ['admin'],
  query,
  body: routingRules,
  answers: { 200: reassigned },
  handle: async ({ body, query: { leads }, table }) => {
    const decisions = await rerun(table, leads, async (inputs, lead) => {
      const { knownRepId, ...rest } = inputs;
      const forgotten = lead.previousBy === 'company' && !body.companyHistory;
      return { ...(forgotten ? rest : inputs), rules: decisionRules(body) };
    });
    return { status: 200, body: compare(decisions) };
  },
});

const previewTerritories = route({
  method: 'POST',
  path: '/territories/preview',
  summary:
    'What a check says of these territories, and who of the newest leads would have gone elsewhere; changes nothing',
  roles: ['admin'],
  query,
  body: TerritoryCollection,
  answers: { 200: reassigned.extend(said.shape) },
  handle: async ({ body, query: { leads }, table }) => {
    const { routing } = await current(table);
    const [{ territories, ...checked }, rules] = await Promise.all([
      checkDraftOf(table, body),
      load(table, 'routing', routing),
    ]);
    const index = compileTerritories(territories);
    const decisions = await rerun(table, leads, async (inputs, lead) => {
      const found = territoriesAt(index, lead);
      const named = found.flatMap(({ repIds }) => repIds);
      return { ...inputs, territories: found, reps: await seenToo(table, inputs, named, rules) };
    });
    return { status: 200, body: { ...compare(decisions), ...checked } };
  },
});

const graded = z.object({ value: z.number(), grade: z.enum(grades) });
const counted = z.object({ A: z.number(), B: z.number(), C: z.number() });

const previewScoring = route({
  method: 'POST',
  path: '/config/scoring/preview',
  summary: 'Which of the newest leads would have another score by these rules; changes nothing',
  roles: ['admin'],
  query,
  body: scoringRules,
  answers: {
    200: z.object({
      leads: z.number(),
      changed: z.array(z.object({ leadId: z.string(), from: graded, to: graded })),
      grades: z.object({ before: counted, after: counted }),
    }),
  },
  handle: async ({ body, query: { leads: most }, table }) => {
    const { scoring, model } = await current(table);
    const inForce = await modelFor(table, body, model);
    const leads = await recent(table, most, (lead) => lead.score !== undefined);
    const forms = await readForms(
      table,
      leads.map(({ leadId }) => leadId),
    );
    const [before, after] = [
      { A: 0, B: 0, C: 0 },
      { A: 0, B: 0, C: 0 },
    ];
    const changed = leads.flatMap((lead) => {
      const form = forms.get(lead.leadId);
      if (!form) return [];
      const from = { value: lead.score?.value ?? 0, grade: gradeOf(lead) };
      const { value, grade } = scoreLead({ form, receivedAt: lead.receivedAt }, body, scoring + 1, inForce);
      before[from.grade] += 1;
      after[grade] += 1;
      return value === from.value ? [] : [{ leadId: lead.leadId, from, to: { value, grade } }];
    });
    return { status: 200, body: { leads: leads.length, changed, grades: { before, after } } };
  },
});

const levels = z.object({ none: z.number(), supervisor: z.number(), exception: z.number() });

const previewSla = route({
  method: 'POST',
  path: '/config/sla/preview',
  summary: 'How many of the newest leads would have been escalated by these deadlines; changes nothing',
  roles: ['admin'],
  query,
  body: slaRules,
  answers: { 200: z.object({ leads: z.number(), before: levels, after: levels }) },
  handle: async ({ body, query: { leads: most }, table, now }) => {
    const leads = await recent(table, most, ({ status }) => status !== 'duplicate' && status !== 'rejected');
    const inForce = await load(table, 'sla', (await current(table)).sla);
    const by = (rules: typeof body) => {
      const reached = { none: 0, supervisor: 0, exception: 0 };
      for (const lead of leads) {
        const { receivedAt, firstContactAt } = lead.sla;
        const until = firstContactAt ?? now().toISOString();
        const due = startClock(
          new Date(receivedAt),
          deadlines(rules, { grade: gradeOf(lead), teamId: ownerOf(lead)?.teamId }),
        );
        reached[until > due.exceptionDueAt ? 'exception' : until > due.supervisorDueAt ? 'supervisor' : 'none'] += 1;
      }
      return reached;
    };
    return { status: 200, body: { leads: leads.length, before: by(inForce), after: by(body) } };
  },
});

/** Drafts, run over the newest leads before they are taken. */
export const previewRoutes: Route[] = [previewRouting, previewTerritories, previewScoring, previewSla];
