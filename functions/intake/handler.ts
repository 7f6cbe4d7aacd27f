import { current, load } from '../../shared/config/store.ts';
import { now } from '../../shared/platform/clock.ts';
import { commit, reconsider } from '../../shared/platform/commit.ts';
import { httpStep } from '../../shared/platform/http-step.ts';
import { Problem, wrongKey } from '../../shared/platform/problem.ts';
import { readSecret } from '../../shared/platform/secrets.ts';
import { table } from '../../shared/platform/table.ts';
import { deadlines } from '../../shared/sla/rules.ts';
import { answered, idempotency } from './idempotency.ts';
import { receive } from './receive.ts';
import { whoIsThis } from './recognise.ts';
import { sources } from './sources/index.ts';

const LARGEST_BODY = 256 * 1024;

/** `POST /leads/{source}` → a lead, stored and announced in one transaction before the answer. Woken by HTTP. */
export const handler = httpStep(async (call) => {
  const name = call.params.source ?? '';
  const source = sources.get(name);
  if (!source) throw new Problem(404, `unknown source ${name}`, [{ path: 'source', message: 'unknown source' }]);
  if (call.body.length > LARGEST_BODY)
    throw new Problem(413, 'at most 256 KiB', [{ path: 'body', message: 'at most 256 KiB' }]);
  if (!source.verify(call, await readSecret())) throw wrongKey();
  const form = source.parse(call);
  const key = idempotency(call, name);

  return reconsider(async () => {
    const at = now();
    const [before, person, versions] = await Promise.all([
      answered(table(), key, at),
      whoIsThis(table(), form),
      current(table()),
    ]);
    if (before) return before;
    const rules = await load(table(), 'sla', versions.sla);
    const received = receive(form, person, deadlines(rules), at);
    const answer = { status: 202, body: received.receipt };
    await commit(table(), [...received.changes, ...(key ? [key.remember(answer, at)] : [])]);
    return answer;
  });
});
