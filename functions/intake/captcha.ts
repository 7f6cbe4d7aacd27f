import { Problem } from '../../shared/platform/problem.ts';
import type { Secret } from '../../shared/platform/secrets.ts';

const TIMEOUT = 2000;

/**
 * Asks the captcha's vendor whether a token is a person's (`siteverify`, which Turnstile, hCaptcha and reCAPTCHA have in common).
 * Off unless `captchaVerifyUrl` and `captchaSecret` are in the secret. While the vendor does not answer, everybody is a person.
 * @throws Problem 400 for a token that is none
 */
export async function mustBePerson(token: string, { captchaVerifyUrl, captchaSecret }: Secret): Promise<void> {
  if (!captchaVerifyUrl || !captchaSecret) return;
  const refused = new Problem(400, 'the captcha was not passed', [{ path: 'captcha', message: 'not passed' }]);
  if (token === '') throw refused;
  let said: { success?: unknown };
  try {
    const answer = await fetch(captchaVerifyUrl, {
      method: 'POST',
      body: new URLSearchParams({ secret: captchaSecret, response: token }),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT),
    });
    said = (await answer.json()) as { success?: unknown };
  } catch {
    return; // a lead is worth more than the robots of a few minutes
  }
  if (said?.success !== true) throw refused;
}
