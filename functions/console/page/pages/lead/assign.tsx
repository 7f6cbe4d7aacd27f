import { useState } from 'preact/hooks';
import { call, type LeadSummary, type Me, type Rep } from '../../calls.ts';
import { useLive } from '../../live.ts';
import { useDoing } from '../../parts/doing.ts';
import { tell } from '../../parts/notices.tsx';
import { readPeople } from '../../parts/people.ts';
import { Cut, Trouble } from '../../parts/states.tsx';
import { t } from '../../words.ts';

/** Who can be given a lead by hand: whoever is there, has room, and does not have it. */
export const ableOf = (reps: readonly Rep[], owner: LeadSummary['owner']): Rep[] =>
  reps.filter(
    ({ repId, status, openLeads, capacity }) => status === 'active' && openLeads < capacity && repId !== owner?.repId,
  );

interface Props {
  lead: Pick<LeadSummary, 'leadId' | 'owner'>;
  me: Me;
  done: () => Promise<void>;
  /** Whom the form begins with. */
  first?: string | undefined;
}

/** Gives a lead to somebody by hand, with the reason. */
export function Assign({ lead: { leadId, owner }, done, first = '' }: Props) {
  const reps = useLive(readPeople, 'reps', 60_000);
  const [repId, choose] = useState(first);
  const [reason, say] = useState('');
  const { busy, error, run } = useDoing();
  const able = reps.data && ableOf(reps.data.items, owner);
  const assign = async (event: Event) => {
    event.preventDefault();
    const params = { leadId };
    if (!(await run(() => call('POST', '/leads/{leadId}/assign', { params, body: { repId, reason } })))) return;
    tell(t('assign.done'));
    say('');
    await done();
  };
  return (
    <section aria-labelledby={`assign-${leadId}`}>
      <h2 id={`assign-${leadId}`}>{t('assign.title')}</h2>
      <form class="bar" onSubmit={assign}>
        <label>
          {t('assign.to')}
          <select required value={repId} onChange={({ currentTarget }) => choose(currentTarget.value)}>
            <option value="">–</option>
            {able?.map((rep) => (
              <option key={rep.repId} value={rep.repId}>
                {rep.name} ({rep.openLeads}/{rep.capacity})
              </option>
            ))}
          </select>
        </label>
        <label class="grow">
          {t('assign.reason')}
          <input required maxLength={500} value={reason} onInput={({ currentTarget }) => say(currentTarget.value)} />
        </label>
        <button type="submit" class="main" disabled={busy || repId === ''}>
          {t('assign.do')}
        </button>
      </form>
      <Cut of={reps.data} />
      {able?.length === 0 && <p class="dim">{t('assign.nobody')}</p>}
      {error ? <Trouble error={error} /> : null}
    </section>
  );
}
