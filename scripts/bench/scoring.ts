import { Engine } from 'json-rules-engine';
import type { Facts } from '../../shared/scoring/facts.ts';
import type { Condition, ScoringRules } from '../../shared/scoring/rules.ts';
import { score } from '../../shared/scoring/score.ts';
import { drawn } from '../drawn.ts';

const LEADS = 20_000;
/** The peer is given fewer of them: it takes long. */
const PEER_LEADS = 400;
const mediums = ['cpc', 'organic', 'email', 'social', 'referral'];
const industries = ['manufacturing', 'retail', 'logistics', 'energy', 'food'];

/** The nth of fifty rules of the usual kinds: of one comparison, or of three. */
function condition(n: number): Condition {
  const step = Math.floor(n / 5);
  switch (n % 5) {
    case 0:
      return { field: 'company.employees', is: 'at-least', value: 20 * 2 ** step };
    case 1:
      return { field: 'source.utm.medium', is: 'equal', value: mediums[step % mediums.length] ?? '' };
    case 2:
      return { field: 'behavior.siteSeconds', is: 'between', from: step * 50, to: step * 50 + 100 };
    case 3:
      return {
        field: 'company.industry',
        is: 'one-of',
        values: [industries[step % 5] ?? '', industries[(step + 1) % 5] ?? ''],
      };
    default:
      return {
        is: 'all',
        of: [
          { field: 'behavior.downloads', is: 'at-least', value: step % 4 },
          {
            is: 'any',
            of: [
              { field: 'productLine', is: 'equal', value: 'mes' },
              { field: 'contact.email', is: 'given' },
            ],
          },
        ],
      };
  }
}

const rules: ScoringRules = {
  rules: Array.from({ length: 50 }, (_, n) => ({ rule: `rule-${n}`, when: condition(n), points: (n % 7) - 2 })),
  grades: { A: 70, B: 40 },
};

function leads(count: number): Facts[] {
  const draw = drawn(5);
  const one = <T>(of: readonly T[]): T => of[Math.floor(draw() * of.length)] as T;
  return Array.from({ length: count }, () => ({
    receivedAt: '2026-11-02T02:00:00.000Z',
    form: {
      contact: { phone: '+8613800138000', ...(draw() < 0.5 ? { email: 'wang@example.com' } : {}) },
      company: { employees: Math.floor(draw() * 3000), industry: one(industries) },
      ...(draw() < 0.6 ? { productLine: one(['mes', 'erp']) } : {}),
      behavior: { siteSeconds: Math.floor(draw() * 600), downloads: Math.floor(draw() * 5) },
      source: { channel: 'web', utm: { source: 'baidu', medium: one(mediums) } },
    },
  }));
}

/** The same condition as the peer writes it. Of what was not given, only the absence is true there too. */
function asPeer(condition: Condition): object {
  if ('of' in condition) return { [condition.is === 'all' ? 'all' : 'any']: condition.of.map(asPeer) };
  const [fact = '', ...path] = condition.field.split('.');
  const at = { fact, ...(path.length > 0 ? { path: `.${path.join('.')}` } : {}) };
  switch (condition.is) {
    case 'at-least':
      return { ...at, operator: 'greaterThanInclusive', value: condition.value };
    case 'between':
      return {
        all: [
          { ...at, operator: 'greaterThanInclusive', value: condition.from },
          { ...at, operator: 'lessThanInclusive', value: condition.to },
        ],
      };
    case 'equal':
      return { ...at, operator: 'equal', value: condition.value };
    case 'one-of':
      return { ...at, operator: 'in', value: condition.values };
    case 'given':
      return { ...at, operator: 'notEqual', value: undefined };
    default:
      throw new Error(`no such rule is measured: ${condition.is}`);
  }
}

function peer(): (lead: Facts) => Promise<number> {
  const valueAt = (value: object, path: string): unknown =>
    path
      .slice(1)
      .split('.')
      .reduce<unknown>((inner, name) => (inner as Record<string, unknown> | undefined)?.[name], value);
  const engine = new Engine([], { allowUndefinedFacts: true, pathResolver: valueAt });
  for (const rule of rules.rules) {
    if (!('when' in rule)) continue;
    const asked = asPeer(rule.when);
    const conditions = 'all' in asked || 'any' in asked ? asked : { all: [asked] };
    const event = { type: rule.rule, params: { points: rule.points } };
    engine.addRule({ conditions: conditions as { all: [] }, event, name: rule.rule });
  }
  return async ({ form }) => {
    const { events } = await engine.run({ ...form });
    return events.reduce((sum, { params }) => sum + Number(params?.points), 0);
  };
}

const held = (sum: number): number => Math.round(Math.min(100, Math.max(0, sum)) * 10) / 10;

/** What scoring by fifty rules costs, words and all, beside json-rules-engine on the same rules, which gives no words. */
export async function benchScoring() {
  const [many, theirs] = [leads(LEADS), peer()];
  const few = many.slice(0, PEER_LEADS);
  for (const lead of few) {
    if (held(await theirs(lead)) !== score(lead, rules, 1).value) throw new Error('the scores disagree');
  }
  let [ours, peers] = [0, 0];
  // In turn, so that noise meets both.
  for (let round = 0; round < 5; round += 1) {
    let began = performance.now();
    for (const lead of many) score(lead, rules, 1);
    ours = Math.max(ours, (many.length * 1000) / (performance.now() - began));
    began = performance.now();
    for (const lead of few) await theirs(lead);
    peers = Math.max(peers, (few.length * 1000) / (performance.now() - began));
  }
  return { rules: rules.rules.length, leadsPerSecond: ours, peerPerSecond: peers };
}
