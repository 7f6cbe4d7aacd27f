import { now } from '../../shared/platform/clock.ts';
import { type Call, httpStep } from '../../shared/platform/http-step.ts';
import { log } from '../../shared/platform/log.ts';
import { readSecret, sameKey, sourceKey } from '../../shared/platform/secrets.ts';
import { table } from '../../shared/platform/table.ts';
import { Refusal, scimError } from './failure.ts';
import { answer } from './protocol.ts';
import { staffOf } from './staff.ts';

/** A directory's (Okta's, Entra's) word about one person at a time → the roster. `ANY /scim/v2/…` */
export const handler = httpStep(
  async (call) => {
    await checkKey(call);
    const answered = await answer(call, { table: table(), staff: staffOf(table(), now), now });
    log.info('directory answered', { step: 'scim', type: call.method, status: answered.status });
    return answered;
  },
  { type: 'application/scim+json', refusal: scimError },
);

async function checkKey({ headers }: Call): Promise<void> {
  const [, shown = ''] = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '') ?? [];
  if (sameKey(shown, sourceKey(await readSecret(), 'scim'))) return;
  throw new Refusal(401, undefined, 'wrong or missing key', { 'www-authenticate': 'Bearer realm="scim"' });
}
