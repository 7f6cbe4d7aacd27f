import { field, isRecord, textField } from '../../../shared/intake/json.ts';
import type { FormAnswer } from '../../../shared/intake/mapping.ts';
import { Problem } from '../../../shared/platform/problem.ts';
import { sameKey, sourceKey } from '../../../shared/platform/secrets.ts';
import { keyOfWords, leadOf } from '../items.ts';
import { bodyJson } from '../posted.ts';
import { plainly, type Source } from './source.ts';

const columns = (of: unknown): FormAnswer[] => {
  const all = field(of, 'user_column_data');
  return (Array.isArray(all) ? all : []).flatMap((column) => {
    // The id is always there; the name, in the language of the form, is not.
    const name = textField(column, 'column_id') ?? textField(column, 'column_name');
    return name === undefined ? [] : [{ name, value: textField(column, 'string_value') ?? '' }];
  });
};

const withheld = new Set(['google_key', 'user_column_data', 'lead_id', 'is_test', 'api_version', 'gcl_id']);

/** Google Ads lead forms: the key stands in the body. */
export const googleAds: Source = {
  name: 'google-ads',
  verify: (call, secret) => {
    const shown = textField(bodyJson(call), 'google_key');
    if (shown === undefined || !sameKey(shown, sourceKey(secret, 'google-ads')))
      throw new Problem(401, 'wrong or missing google_key', [{ path: 'google_key', message: 'wrong or missing' }]);
    return 'key';
  },
  parse: (sent, reading) => {
    const posted = bodyJson(sent);
    const ids = Object.entries(isRecord(posted) ? posted : {}).flatMap(([name, value]) =>
      withheld.has(name) || (typeof value !== 'string' && typeof value !== 'number')
        ? []
        : [{ name, value: String(value) }],
    );
    return [
      leadOf('google-ads', [...columns(posted), ...ids], reading, {
        externalId: textField(posted, 'lead_id') ?? keyOfWords(sent.body),
        formId: textField(posted, 'form_id'),
        clickIds: { gclid: textField(posted, 'gcl_id') },
        test: String(field(posted, 'is_test')) === 'true',
      }),
    ];
  },
  answer: plainly({}),
};
