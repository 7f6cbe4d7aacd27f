import { field, isRecord, losslessJson, textField } from '../../../shared/intake/json.ts';
import { Problem } from '../../../shared/platform/problem.ts';
import { sameKey, sourceKey } from '../../../shared/platform/secrets.ts';
import { NotConfigured } from '../fetched.ts';
import { leadOf } from '../items.ts';
import { bodyJson } from '../posted.ts';
import { hmac, mustShowKey, notSigned } from '../proof.ts';
import { type Item, plainly, type Source } from './source.ts';

const API = 'https://api.linkedin.com';
const VERSION = '202509';

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

function itemOf(event: unknown): Item {
  const urn = textField(event, 'leadGenFormResponse');
  if (textField(event, 'type') !== 'LEAD_ACTION')
    return { kind: 'unclear', reason: 'an event that is no lead', quietly: true };
  if (urn === undefined) return { kind: 'unclear', reason: 'leadGenFormResponse is missing' };
  const key = `${urn}@${textField(event, 'occurredAt') ?? ''}`;
  const action = textField(event, 'leadAction');
  if (action === 'DELETED') return { kind: 'erasure', key: `${key}:deleted`, leadKey: urn };
  if (action !== 'CREATED') return { kind: 'unclear', reason: 'leadAction is neither CREATED nor DELETED' };
  const form = /leadGenForm:(\d+)/.exec(textField(event, 'leadGenForm') ?? '')?.[1];
  return { kind: 'reference', key, reference: { urn, ...(form === undefined ? {} : { formId: form }) } };
}

/** What the questions of a form ask for, by id: LinkedIn's answers name only these. */
function questionsOf(form: unknown): Map<string, string> {
  const questions = list(field(field(form, 'content'), 'questions'));
  return new Map(
    questions.flatMap((question) => {
      const id = textField(question, 'questionId');
      const name = textField(question, 'predefinedField') ?? textField(question, 'name');
      return id === undefined || name === undefined ? [] : [[id, name]];
    }),
  );
}

function answerOf(answer: unknown, questions: ReadonlyMap<string, string>) {
  const details = field(answer, 'answerDetails');
  const text = textField(field(details, 'textQuestionAnswer'), 'answer');
  const chosen = field(field(details, 'multipleChoiceAnswer'), 'options');
  const id = textField(answer, 'questionId') ?? '';
  const name = questions.get(id) ?? textField(answer, 'name') ?? id;
  return { name, value: text ?? list(chosen).map(String).join(', ') };
}

/** LinkedIn Lead Sync: only ids are pushed, the responses and what their questions mean are fetched. */
export const linkedin: Source = {
  name: 'linkedin',
  handshake: ({ method, query }, secret) => {
    if (method !== 'GET') return undefined;
    const { challengeCode } = query;
    if (!challengeCode)
      throw new Problem(400, 'challengeCode is missing', [{ path: 'challengeCode', message: 'missing' }]);
    const challengeResponse = hmac(sourceKey(secret, 'linkedin'), challengeCode).toString('hex');
    return { status: 200, body: { challengeCode, challengeResponse } };
  },
  verify: (call, secret) => {
    const shown = call.headers['x-li-signature'];
    if (shown === undefined) return mustShowKey(call, secret, 'linkedin');
    // The prefix is part of what is signed, not of the header.
    const expected = hmac(sourceKey(secret, 'linkedin'), 'hmacsha256=', call.body).toString('hex');
    if (!sameKey(shown.toLowerCase(), expected)) throw notSigned('x-li-signature');
    return 'signature';
  },
  mustBeSigned: ({ linkedin: { signature } }) => signature === 'required',
  parse: (sent, reading) => {
    const posted = bodyJson(sent);
    if (!sent.fetched) return list(posted).map(itemOf);
    const response = field(posted, 'response');
    const questions = questionsOf(field(posted, 'form'));
    const answers = list(field(field(response, 'formResponse'), 'answers')).map((each) => answerOf(each, questions));
    const campaign = textField(field(field(response, 'leadMetadata'), 'sponsoredLeadMetadata'), 'campaign');
    return [
      leadOf('linkedin', [...answers, { name: 'campaign', value: campaign ?? '' }], reading, {
        externalId: sent.fetched.urn,
        formId: sent.fetched.formId,
        test: field(response, 'testLead') === true,
      }),
    ];
  },
  fetch: async ({ urn = '', formId }, secret, ask) => {
    if (!secret.linkedinAccessToken) throw new NotConfigured('linkedinAccessToken');
    const headers = {
      authorization: `Bearer ${secret.linkedinAccessToken}`,
      'linkedin-version': secret.linkedinVersion ?? VERSION,
      'x-restli-protocol-version': '2.0.0',
    };
    const api = `${secret.linkedinApiUrl ?? API}/rest`;
    const id = urn.split(':').at(-1) ?? '';
    const response = await ask({ url: new URL(`${api}/leadFormResponses/${encodeURIComponent(id)}`), headers });
    if (response === undefined) return undefined;
    const inner = losslessJson(response);
    const named = list(field(field(inner, 'formResponse'), 'answers')).every(
      (each) => isRecord(each) && 'name' in each,
    );
    const form =
      named || formId === undefined
        ? undefined
        : await ask({ url: new URL(`${api}/leadForms/${encodeURIComponent(formId)}`), headers });
    return `{"response":${response},"form":${form ?? 'null'}}`;
  },
  answer: plainly({ status: 'received' }),
};
