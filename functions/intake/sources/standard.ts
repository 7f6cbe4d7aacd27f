import { field, isRecord } from '../../../shared/intake/json.ts';
import { answersOf, NotUnderstood } from '../../../shared/intake/mapping.ts';
import { normalisePhone } from '../../../shared/lead/phone.ts';
import { webFormWith } from '../../../shared/lead/web-form.ts';
import { readBy } from '../../../shared/platform/problem.ts';
import { sourceKey } from '../../../shared/platform/secrets.ts';
import { leadOf } from '../items.ts';
import { bodyJson } from '../posted.ts';
import { isStandardSigned, notSigned } from '../proof.ts';
import { receiptOf, type Source } from './source.ts';

const form = webFormWith(normalisePhone);

/** Any system that signs by Standard Webhooks: a lead in our own shape or in its own, bare or as `{type, timestamp, data}`. */
export const standard: Source = {
  name: 'standard',
  verify: (call, secret, at) => {
    if (!isStandardSigned(call, sourceKey(secret, 'standard'), at)) throw notSigned('webhook-signature');
    return 'signature';
  },
  parse: (sent, reading) => {
    const posted = bodyJson(sent);
    const data = field(posted, 'data');
    const lead = isRecord(data) ? data : posted;
    const externalId = sent.headers['webhook-id'];
    if (!isRecord(field(lead, 'contact'))) {
      // The id is one of the message, with which it stands or falls, and not of whom it tells.
      return [{ ...leadOf('standard', answersOf(lead), reading, { externalId }), key: undefined }];
    }
    const read = readBy(form, lead);
    if (!read.success) {
      const [issue] = read.error.issues;
      throw new NotUnderstood(issue?.path.join('.') ?? 'body', `${issue?.path.join('.')}: ${issue?.message}`);
    }
    const { source, ...said } = read.data;
    return [{ kind: 'lead', form: { ...said, source: { channel: 'standard', ...source } } }];
  },
  answer: receiptOf,
};
