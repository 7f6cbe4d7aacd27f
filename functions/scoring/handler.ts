import { announce } from '../../events/contract.ts';
import { LeadAccepted } from '../../events/lead-accepted.ts';
import { LeadReceived } from '../../events/lead-received.ts';
import { LeadScored } from '../../events/lead-scored.ts';
import { geocoderFor } from '../../shared/address/geocoders/index.ts';
import { readBehavior } from '../../shared/behavior/store.ts';
import { current, load } from '../../shared/config/store.ts';
import { startOf } from '../../shared/journey/store.ts';
import { become } from '../../shared/lead/lead.ts';
import { readWithForm, saveScored } from '../../shared/lead/store.ts';
import { commit, reconsider, sure } from '../../shared/platform/commit.ts';
import { queueStep } from '../../shared/platform/queue-step.ts';
import { readSecret } from '../../shared/platform/secrets.ts';
import { companyZone } from '../../shared/platform/zone.ts';
import { countDecided } from '../../shared/rubbish/share/store.ts';
import { setAside } from '../../shared/rubbish/store.ts';
import { factsOf } from '../../shared/scoring/facts.ts';
import { scoreLead } from '../../shared/scoring/model/lead-model.ts';
import { modelFor } from '../../shared/scoring/model/store.ts';
import { judged } from './judged.ts';
import { locate } from './locate.ts';

/**
 * LeadReceived or LeadAccepted → rubbish is set aside; all else gets, by the rules or by the model that proved better, points, a
 * value 0–100 and a grade; and where the customer is, if only the address says so. Woken by the scoring queue.
 */
export const handler = queueStep([LeadReceived, LeadAccepted], async ({ detail: { leadId } }, { table, now }) => {
  const decided = await reconsider(async (read) => {
    const [found, versions] = await Promise.all([readWithForm(table, leadId, read), current(table, 'eventually')]);
    if (found?.lead.status !== 'received') return sure(read); // delivered twice
    // Only of one that nobody has changed yet it is sure that its form, which has no version, is as old as the lead.
    if (found.lead.version > 1) sure(read);
    const { lead, form } = found;
    const { scoring: version, model, rubbish: rubbishVersion, journey } = versions;
    const rubbish = await judged(table, found, rubbishVersion, now());
    if (rubbish && rubbish.verdict !== 'passed') {
      await commit(table, setAside(lead, rubbish, now()));
      return { lead, verdict: rubbish.verdict };
    }
    const rules = await load(table, 'scoring', version);
    const behavior = lead.behaved ? (await readBehavior(table, leadId)).behavior : undefined;
    const facts = factsOf(lead, form, behavior, { at: now(), zone: companyZone() });
    const scored = scoreLead(facts, rules, version, await modelFor(table, rules, model));
    const whereabouts = lead.point ? {} : await locate(form, geocoderFor(await readSecret()));
    const signs = rubbish && rubbish.reasons.length > 0 ? { rubbish } : {};
    const { value, grade } = scored;
    const after = {
      ...become(lead, { status: 'scored' }),
      ...whereabouts,
      ...signs,
      ...(await startOf(table, lead, journey)),
      score: scored,
      scoredAt: facts.at,
    };
    await commit(table, saveScored(lead, after, announce(LeadScored, { leadId, value, grade }), now()));
    return rubbish && { lead, verdict: rubbish.verdict };
  });
  if (decided) await countDecided(table, decided.lead, decided.verdict);
});
