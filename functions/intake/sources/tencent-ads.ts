import { field, isRecord, textField } from '../../../shared/intake/json.ts';
import { answersOf, type FormAnswer } from '../../../shared/intake/mapping.ts';
import { Problem } from '../../../shared/platform/problem.ts';
import { keyOfWords, leadOf } from '../items.ts';
import { bodyJson, formAnswers, isForm, jsonOf } from '../posted.ts';
import { mustShowKey } from '../proof.ts';
import { plainly, type Sent, type Source } from './source.ts';

/** The fields, and the questions and answers within `bundle`, which is JSON in a text (or a text that is none, or half of one). */
function bundled({ name, value }: FormAnswer): FormAnswer[] {
  if (name !== 'bundle' || !value.trimStart().startsWith('{')) return [{ name, value }];
  try {
    return answersOf(jsonOf(value));
  } catch (error) {
    if (error instanceof Problem) return [{ name, value }];
    throw error;
  }
}

async function fieldsOf(sent: Sent): Promise<FormAnswer[]> {
  if (isForm(sent)) return formAnswers(sent);
  const posted = bodyJson(sent);
  const { bundle, ...rest } = isRecord(posted) ? posted : {};
  const text = isRecord(bundle) ? JSON.stringify(bundle) : textField({ bundle }, 'bundle');
  return [...answersOf(rest), ...(text === undefined ? [] : [{ name: 'bundle', value: text }])];
}

/** 腾讯广告 (线索管理平台): JSON as its own sample reads it, or a form as older receivers do. No signature is known. */
export const tencentAds: Source = {
  name: 'tencent-ads',
  verify: (call, secret) => mustShowKey(call, secret, 'tencent-ads'),
  parse: async (sent, reading) => {
    const fields = await fieldsOf(sent);
    const said = Object.fromEntries(fields.map(({ name, value }) => [name, value]));
    return [
      leadOf('tencent-ads', fields.flatMap(bundled), reading, {
        externalId: textField(said, 'leads_id') ?? keyOfWords(sent.body),
        formId: textField(said, 'page_id'),
        clickIds: { click_id: String(field(said, 'click_id') ?? '') },
      }),
    ];
  },
  answer: plainly({ code: 0, message: 'success' }),
};
