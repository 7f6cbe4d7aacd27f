import { useState } from 'preact/hooks';
import { type Answer, call } from '../../calls.ts';
import { now } from '../../clock.ts';
import { useLive } from '../../live.ts';
import { useDoing } from '../../parts/doing.ts';
import { tell } from '../../parts/notices.tsx';
import { readPeople } from '../../parts/people.ts';
import { Cut, Trouble } from '../../parts/states.tsx';
import { named, t } from '../../words.ts';

type Deals = Answer<'GET', '/reports/weekly-review'>['deals'];

const DAY = 24 * 3600 * 1000;
const EVENING = 18;
const SLOW = 60_000;

/** Six in the evening of a day, in the viewer's zone (ISO 8601). */
const eveningOf = (day: string): string => new Date(`${day}T${EVENING}:00:00`).toISOString();

/** Notes what is decided: a task for the deal's owner, or for whoever is named. */
export function Decide({ teamId, deals, done }: { teamId: string; deals: Deals; done: () => Promise<void> }) {
  const [text, say] = useState('');
  const [leadId, about] = useState('');
  const [repId, name] = useState('');
  const [day, due] = useState(() => new Date(now().getTime() + 7 * DAY).toISOString().slice(0, 10));
  const people = useLive(readPeople, 'people', SLOW);
  const team = people.data?.items.filter((rep) => rep.teamId === teamId);
  const { busy, error, run } = useDoing();
  const save = async (event: Event) => {
    event.preventDefault();
    const decision = {
      text,
      dueAt: eveningOf(day),
      ...(leadId === '' ? {} : { leadId }),
      ...(repId === '' ? {} : { repId }),
    };
    const body = { teamId, decisions: [decision] };
    if (!(await run(() => call('POST', '/reports/weekly-review', { body })))) return;
    tell(t('review.noted'));
    say('');
    about('');
    name('');
    await done();
  };
  return (
    <section aria-labelledby="decide" class="no-print">
      <h2 id="decide">{t('review.decide')}</h2>
      <form class="bar" onSubmit={save}>
        <label>
          {t('review.what')}
          <input required maxLength={2000} value={text} onInput={({ currentTarget }) => say(currentTarget.value)} />
        </label>
        <label>
          {t('review.deal')}
          <select value={leadId} onChange={({ currentTarget }) => about(currentTarget.value)}>
            <option value="">–</option>
            {deals.map((deal) => (
              <option key={deal.leadId} value={deal.leadId}>
                {deal.repName} · {named('stage', deal.stage)} · …{deal.leadId.slice(-4)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('review.who')}
          <select required={leadId === ''} value={repId} onChange={({ currentTarget }) => name(currentTarget.value)}>
            <option value="">{leadId === '' ? '–' : t('review.owner')}</option>
            {team?.map((rep) => (
              <option key={rep.repId} value={rep.repId}>
                {rep.name}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('review.until')}
          <input type="date" required value={day} onInput={({ currentTarget }) => due(currentTarget.value)} />
        </label>
        <button type="submit" class="main" disabled={busy}>
          {t('review.note')}
        </button>
      </form>
      <Cut of={people.data} />
      {error ? <Trouble error={error} /> : null}
    </section>
  );
}
