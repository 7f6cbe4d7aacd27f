import type { Form } from '../../../shared/lead/form.ts';
import { normalisePhone } from '../../../shared/lead/phone.ts';
import { webFormWith } from '../../../shared/lead/web-form.ts';
import { type Call, jsonBody } from '../../../shared/platform/http-step.ts';
import { parseOrRefuse } from '../../../shared/platform/problem.ts';
import { sameKey, sourceKey } from '../../../shared/platform/secrets.ts';
import type { Source } from './source.ts';

const webForm = webFormWith(normalisePhone);

/** A company's own web forms: JSON, with the form's key in `x-api-key`. */
export const web: Source = {
  name: 'web',
  verify: (call: Call, secret) => sameKey(call.headers['x-api-key'] ?? '', sourceKey(secret, 'web')),
  parse: (call): Form => {
    const { source, ...posted } = parseOrRefuse(webForm, jsonBody(call));
    return { ...posted, source: { channel: 'web', ...source } };
  },
};
