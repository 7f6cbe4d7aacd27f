import { type FormAnswer, NotUnderstood } from '../../../shared/intake/mapping.ts';
import { normalisePhone } from '../../../shared/lead/phone.ts';
import { webFormWith } from '../../../shared/lead/web-form.ts';
import { Problem, parseOrRefuse } from '../../../shared/platform/problem.ts';
import { sourceKey } from '../../../shared/platform/secrets.ts';
import { leadOf } from '../items.ts';
import { bodyJson, formAnswers, isForm, typeOf } from '../posted.ts';
import { isStandardSigned, mustShowKey, notSigned } from '../proof.ts';
import { type Item, type Reading, receiptOf, type Sent, type Source } from './source.ts';

const webForm = webFormWith(normalisePhone);

/** Under these a page may say how many seconds it was open. */
const SECONDS = ['_seconds', 'filled.seconds'];

/** Under these names captchas of all vendors put their token. */
const TOKENS = ['captchaToken', 'cf-turnstile-response', 'h-captcha-response', 'g-recaptcha-response'];

function fromJson(sent: Sent): Item {
  const type = typeOf(sent) || 'application/json';
  if (!/^application\/([\w.-]+\+)?json\b/.test(type)) {
    throw new Problem(415, 'send application/json, or an HTML form', [
      { path: 'content-type', message: 'neither application/json nor a form' },
    ]);
  }
  const { source, ...posted } = parseOrRefuse(webForm, bodyJson(sent));
  return { kind: 'lead', form: { ...posted, source: { channel: 'web', ...source } } };
}

const first = (answers: readonly FormAnswer[], names: readonly string[]): string | undefined =>
  answers.find(({ name, value }) => names.includes(name) && value !== '')?.value;

async function fromForm(sent: Sent, reading: Reading): Promise<Item> {
  const { honeypot, captcha, productLine, campaign } = reading.form;
  const all = await formAnswers(sent);
  const apart = [...TOKENS, ...SECONDS, ...honeypot];
  const answers = all.filter(({ name }) => !apart.includes(name));
  const seconds = Number(first(all, SECONDS) ?? Number.NaN);
  const filled = {
    honeypot: first(all, honeypot)?.slice(0, 500).toWellFormed(),
    seconds: seconds >= 0 && seconds < 1e7 ? seconds : undefined,
  };
  try {
    const lead = leadOf('web', answers, reading, { formId: reading.formId });
    const { form } = lead;
    return {
      ...lead,
      form: {
        ...form,
        productLine: form.productLine ?? productLine,
        source: { ...form.source, campaign: form.source.campaign ?? campaign },
        ...(Object.values(filled).some((each) => each !== undefined) ? { filled } : {}),
      },
      captcha: captcha ? (first(all, TOKENS) ?? '') : undefined,
    };
  } catch (error) {
    // A person sits before it, and can mend it.
    if (!(error instanceof NotUnderstood)) throw error;
    throw new Problem(400, `not valid: ${error.errors.map(({ path }) => path).join(', ')}`, [...error.errors]);
  }
}

/**
 * A company's own web forms: JSON with the key in `x-api-key`, or signed by Standard Webhooks; or plain HTML forms, which can
 * show the key only in their address (`?form=<id>&key=…`).
 */
export const web: Source = {
  name: 'web',
  verify: (call, secret, at) => {
    if (call.headers['x-api-key'] === undefined && call.headers['webhook-signature'] !== undefined) {
      if (!isStandardSigned(call, sourceKey(secret, 'web'), at)) throw notSigned('webhook-signature');
      return 'signature';
    }
    const { form } = call.query;
    // Each form may have a key of its own: it stands in a page for all to see.
    if (form !== undefined && call.query.key !== undefined) {
      const own = { ...call, headers: {}, params: {} };
      try {
        return mustShowKey(own, secret, formKeyName(form));
      } catch {
        // The key of all forms, then.
      }
    }
    return mustShowKey(call, secret, 'web');
  },
  parse: async (sent, reading) => [isForm(sent) ? await fromForm(sent, reading) : fromJson(sent)],
  answer: (taken, { form, formId }) =>
    form.thanksPage === undefined || formId === undefined
      ? receiptOf(taken)
      : { status: 303, raw: { type: 'text/plain', body: 'Thank you.' }, headers: { location: form.thanksPage } },
};

/** The name by which a form's own key is kept in the secret, or derived from its master. */
const formKeyName = (form: string): string => `form:${form}`;
