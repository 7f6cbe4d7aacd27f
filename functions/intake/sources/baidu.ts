import { field, isRecord, textField } from '../../../shared/intake/json.ts';
import { answersOf, NotUnderstood } from '../../../shared/intake/mapping.ts';
import { keyOfWords, leadOf } from '../items.ts';
import { bodyJson } from '../posted.ts';
import { mustShowKey } from '../proof.ts';
import { plainly, type Source } from './source.ts';

/** 百度营销 (基木鱼, 爱番番). No signature is known: the key stands in the address that Baidu is given. */
export const baidu: Source = {
  name: 'baidu',
  verify: (call, secret) => mustShowKey(call, secret, 'baidu'),
  parse: (sent, reading) => {
    const posted = bodyJson(sent);
    const params = field(posted, 'params');
    if (field(posted, 'encrypt') !== undefined && !isRecord(params))
      throw new NotUnderstood('encrypt', 'is encrypted, in a way that is not published');
    const lead = isRecord(params) ? params : posted;
    // Answers of the form before the rest: they are what the person wrote.
    const { formDetail, ...rest } = isRecord(lead) ? lead : {};
    const answers = [...answersOf(formDetail, 'formDetail'), ...answersOf(rest)];
    const id = textField(posted, 'clueId') ?? textField(params, 'clueId');
    return [
      leadOf('baidu', answers, reading, {
        externalId: id ?? keyOfWords(sent.body),
        formId: textField(lead, 'pageId'),
        clickIds: {
          bd_vid: /[?&]bd_vid=([\w-]+)/.exec(textField(lead, 'url') ?? '')?.[1],
        },
      }),
    ];
  },
  answer: plainly({ code: 0, message: 'success' }),
};
