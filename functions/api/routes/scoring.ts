import * as z from 'zod';
import { readBehaviors } from '../../../shared/behavior/store.ts';
import { current, load } from '../../../shared/config/store.ts';
import type { Lead } from '../../../shared/lead/lead.ts';
import { anyStatus, list, readForms } from '../../../shared/lead/store.ts';
import { firstId } from '../../../shared/platform/random.ts';
import type { Table } from '../../../shared/platform/table.ts';
import { companyZone } from '../../../shared/platform/zone.ts';
import { comparisonsOf, scoringRules } from '../../../shared/scoring/check.ts';
import { compareScores, neverGiven } from '../../../shared/scoring/compare.ts';
import { type Facts, factsOf } from '../../../shared/scoring/facts.ts';
import { fields } from '../../../shared/scoring/fields.ts';
import { scoreLead, type VersionOf } from '../../../shared/scoring/model/lead-model.ts';
import { modelFor } from '../../../shared/scoring/model/store.ts';
import { grades } from '../../../shared/scoring/rules.ts';
import { type Route, route } from '../route.ts';

/** Over how many of the newest leads a draft is run. */
const limit = z.int().min(1).max(2000);
const moment = z.iso.datetime({ offset: true });

/** A draft, by itself or with the leads over which it is run: those that came in from … until before …, the newest so many. */
const draft = z.union([
  scoringRules,
  z.strictObject({
    scoring: scoringRules,
    /** As GET answers it. */
    version: z.number().optional(),
    from: moment.optional(),
    to: moment.optional(),
    limit: limit.optional(),
  }),
]);

const perGrade = <T extends z.ZodType>(of: T) => z.object({ A: of, B: of, C: of });
const graded = z.object({ value: z.number(), grade: z.enum(grades) });
const won = perGrade(z.object({ closed: z.number(), won: z.number(), rate: z.number().nullable() }));
const counts = perGrade(z.number());
const quantile = z.number();
const spread = z.object({
  mean: quantile,
  p10: quantile,
  p25: quantile,
  p50: quantile,
  p75: quantile,
  p90: quantile,
  tens: z.array(z.number()),
});
const points = z.number().nullable();
const twice = <T extends z.ZodType>(of: T) => z.object({ before: of, after: of });
const example = z.object({
  leadId: z.string(),
  from: graded,
  to: graded,
  points: z.array(z.object({ rule: z.string(), before: points, after: points, because: z.string() })),
});

/** As many leads are looked at for one that was scored. */
const LOOKED_AT = 5;
const PAGE = 200;

/** Past leads that were scored, the newest first. */
async function scoredLeads(
  table: Table,
  { from, to, most }: { from: string | undefined; to: string | undefined; most: number },
): Promise<Lead[]> {
  const first = from === undefined ? '' : firstId(new Date(from));
  const found: Lead[] = [];
  let cursor = to === undefined ? undefined : firstId(new Date(to));
  for (let looked = 0; looked < most * LOOKED_AT && found.length < most; looked += PAGE) {
    const { items, nextCursor } = await list(table, anyStatus, () => true, PAGE, cursor);
    found.push(...items.filter(({ score, leadId }) => score !== undefined && leadId >= first));
    if (nextCursor === undefined || nextCursor < first) break;
    cursor = nextCursor;
  }
  return found.slice(0, most);
}

/** What was known of the leads when they were scored last, with all that their customers did. */
async function factsOfAll(table: Table, leads: readonly Lead[]): Promise<{ lead: Lead; facts: Facts }[]> {
  const ids = leads.map(({ leadId }) => leadId);
  const [forms, behaviors] = await Promise.all([readForms(table, ids), readBehaviors(table, ids)]);
  return leads.flatMap((lead) => {
    const form = forms.get(lead.leadId);
    const at = new Date(lead.scoredAt ?? lead.receivedAt);
    return form ? [{ lead, facts: factsOf(lead, form, behaviors.get(lead.leadId), { at, zone: companyZone() }) }] : [];
  });
}

const scorer = (model: VersionOf | undefined): string => (model ? `model ${model.version}` : 'rules');

const previewScoring = route({
  method: 'POST',
  path: '/config/scoring/preview',
  summary:
    'Which of the newest leads would be scored otherwise by these rules than by those in force: grades, win rates, examples; changes nothing',
  roles: ['admin'],
  query: z.object({ leads: z.coerce.number().pipe(limit).optional() }),
  body: draft,
  answers: {
    200: z.object({
      leads: z.number(),
      changed: z.array(z.object({ leadId: z.string(), from: graded, to: graded })),
      changes: z.object({ value: z.number(), grade: z.number() }),
      grades: twice(counts),
      /** From which grade to which: `moves.B.A` rise to A. */
      moves: perGrade(counts),
      /** Of those that were won or lost. */
      winRates: twice(won),
      values: twice(spread),
      examples: z.array(example),
      /** Fields of the draft that none of the leads gives. */
      neverGiven: z.array(z.string()),
      /** `rules`, or the learned model that scores while it is in force. */
      scoredBy: twice(z.string()),
    }),
  },
  handle: async ({ body, query, table }) => {
    const asked = 'scoring' in body ? body : { scoring: body };
    const { from, to, limit: most = query.leads ?? 500 } = { from: undefined, to: undefined, ...asked };
    const versions = await current(table);
    const rules = await load(table, 'scoring', versions.scoring);
    const [was, is, leads] = await Promise.all([
      modelFor(table, rules, versions.model),
      modelFor(table, asked.scoring, versions.model),
      scoredLeads(table, { from, to, most }),
    ]);
    const known = await factsOfAll(table, leads);
    const compared = known.map(({ lead: { leadId, status }, facts }) => ({
      leadId,
      status,
      before: scoreLead(facts, rules, versions.scoring, was),
      after: scoreLead(facts, asked.scoring, versions.scoring + 1, is),
    }));
    const unknown = neverGiven(
      asked.scoring,
      known.map(({ facts }) => facts),
    );
    const scoredBy = { before: scorer(was), after: scorer(is) };
    return { status: 200, body: { ...compareScores(compared), neverGiven: unknown, scoredBy } };
  },
});

const scoringFields = route({
  method: 'GET',
  path: '/config/scoring/fields',
  summary:
    'The fields that scoring rules can look at, each with its type, what it is in words, and how it can be compared',
  roles: ['admin', 'supervisor'],
  answers: {
    200: z.object({
      items: z.array(
        z.object({
          field: z.string(),
          type: z.enum(['text', 'number', 'boolean', 'list']),
          words: z.string(),
          values: z.array(z.string()).optional(),
          names: z.array(z.string()).optional(),
          personal: z.literal(true).optional(),
          comparisons: z.array(z.string()),
        }),
      ),
    }),
  },
  handle: async () => ({
    status: 200,
    body: { items: fields.map((each) => ({ ...each, comparisons: comparisonsOf(each.type) })) },
  }),
});

/** Drafts of scoring rules, and what they can speak of. */
export const scoringRoutes: Route[] = [previewScoring, scoringFields];
