import { current, load } from '../../shared/config/store.ts';
import { iso, now } from '../../shared/platform/clock.ts';
import { commit, reconsider } from '../../shared/platform/commit.ts';
import { sha256 } from '../../shared/platform/random.ts';
import { table } from '../../shared/platform/table.ts';
import { scheduleStep } from '../../shared/platform/triggers.ts';
import { companyZone } from '../../shared/platform/zone.ts';
import { learn } from '../../shared/scoring/model/candidate.ts';
import {
  candidates,
  closedIds,
  keep,
  lastRun,
  loadModel,
  noteRun,
  readClosed,
} from '../../shared/scoring/model/store.ts';

/** Every night: learns from closed leads what makes one win, and puts the model in force if it beats the rules and the last one. */
export const handler = scheduleStep(() =>
  reconsider(async () => {
    const at = now();
    const zone = companyZone();
    const { scoring: rulesVersion, model: inForce } = await current(table());
    const rules = await load(table(), 'scoring', rulesVersion);
    if (rules.model === 'off') return;
    const ids = await closedIds(table(), at);
    const seen = sha256(JSON.stringify([rulesVersion, zone, ids]));
    const before = await lastRun(table());
    if (before?.seen === seen && before.inForce === inForce)
      return commit(table(), noteRun({ ...before, at: iso(at) }, inForce)); // nothing new to learn

    const closed = await readClosed(table(), ids);
    const [newest] = await candidates(table(), 1);
    const model = inForce === 0 ? undefined : await loadModel(table(), inForce);
    const version = (newest?.version ?? 0) + 1;
    const learned = learn(closed, rules, { version, zone, last: model && { version: inForce, model } });

    const won = closed.filter((lead) => lead.won).length;
    const run = { at: iso(at), closed: closed.length, won, inForce: learned.inForce, because: learned.because, seen };
    await commit(table(), [
      ...noteRun(run, inForce),
      ...(learned.candidate ? keep(version, rulesVersion, run, learned.candidate) : []),
    ]);
  }),
);
