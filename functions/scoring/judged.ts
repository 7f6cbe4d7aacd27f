import { load } from '../../shared/config/store.ts';
import { contactKeys } from '../../shared/lead/contact.ts';
import type { Form } from '../../shared/lead/form.ts';
import type { Lead } from '../../shared/lead/lead.ts';
import type { Table } from '../../shared/platform/table.ts';
import { type Judgement, judge, trusting } from '../../shared/rubbish/judge.ts';
import { othersWhoPosted } from '../../shared/rubbish/repeats/store.ts';
import { messageKey, nameKey } from '../../shared/rubbish/repeats/texts.ts';
import { isTrusted } from '../../shared/rubbish/senders/store.ts';
import { signsOf } from '../../shared/rubbish/signs/index.ts';
import { lasting } from '../../shared/sla/duration.ts';

/**
 * What is made of a lead by the rules about rubbish; undefined when somebody let it pass. Costs nothing for most: texts are only
 * counted that can repeat, a message, or a name of a company that is known already; and senders are only looked up of what would be set aside.
 */
export async function judged(
  table: Table,
  { lead, form }: { lead: Lead; form: Form },
  version: number,
  at: Date,
): Promise<Judgement | undefined> {
  if (lead.acceptedAt !== undefined) return undefined;
  const rules = await load(table, 'rubbish', version);
  const keys = contactKeys(form.contact);
  const within = lasting(rules.repeats.within);
  const count = async (text: string | undefined): Promise<number> =>
    text === undefined ? 0 : othersWhoPosted(table, text, keys[0] ?? lead.leadId, within, at);
  const knownCompany = lead.previousBy === 'company';
  const [sameMessage, sameName] = await Promise.all([
    count(messageKey(form)),
    count(knownCompany ? nameKey(form) : undefined),
  ]);
  const { fastestSeconds, repeats } = rules;
  const signs = signsOf(form, { sameMessage, sameName, repeatsFrom: repeats.others, fastestSeconds });
  const judgement = judge(form, signs, rules, version);
  const spared = judgement.verdict !== 'passed' && (await isTrusted(table, keys));
  return spared ? trusting(judgement) : judgement;
}
