import { useState } from 'preact/hooks';
import { to } from '../../address.ts';
import { type Answer, call } from '../../calls.ts';
import { useLive } from '../../live.ts';
import { useDoing } from '../../parts/doing.ts';
import { useNames } from '../../parts/people.ts';
import { Trouble } from '../../parts/states.tsx';
import { moment, named, t } from '../../words.ts';

const SLOW = 30_000;

type Appeal = Answer<'GET', '/cycles/{period}/appeals'>['items'][number];

/** The appeals of a period; those that wait for an answer first. */
export function AppealsOf({ period }: { period: string }) {
  const { data, error, refresh } = useLive(
    () => call('GET', '/cycles/{period}/appeals', { params: { period } }),
    `appeals of ${period}`,
    SLOW,
  );
  if (error) return <Trouble error={error} />;
  if (!data || data.items.length === 0) return null;
  const waiting = data.items.filter(({ answer }) => answer === null);
  const answered = data.items.filter(({ answer }) => answer !== null);
  return (
    <>
      <h3>
        {t('appeals.title')} <span class="count">{waiting.length}</span>
      </h3>
      <ul class="cards">
        {[...waiting, ...answered].map((appeal) => (
          <OneAppeal key={appeal.appealId} appeal={appeal} done={refresh} />
        ))}
      </ul>
    </>
  );
}

function OneAppeal({ appeal, done }: { appeal: Appeal; done: () => Promise<void> }) {
  const { appealId, repId, period, component, reason, at, answer } = appeal;
  const nameOf = useNames();
  const [words, say] = useState('');
  const { busy, error, run } = useDoing();
  const decide = (decision: 'upheld' | 'rejected') =>
    run(async () => {
      const body = { period, decision, answer: words };
      await call('POST', '/scorecards/{repId}/appeals/{appealId}/answer', { params: { repId, appealId }, body });
      await done();
    });
  return (
    <li class="card">
      <div class="card-body">
        <a class="card-title" href={to(`performance/${repId}`)}>
          {nameOf(repId)}
        </a>{' '}
        <span class="dim">
          {moment(at)}
          {component && ` · ${component}`}
        </span>
        <p>{reason}</p>
        {answer ? (
          <p>
            <strong>{named('appeal', answer.decision)}</strong> {answer.answer} <span class="dim">{answer.by}</span>
          </p>
        ) : (
          <form
            class="bar"
            onSubmit={(event) => {
              event.preventDefault();
              decide('upheld');
            }}
          >
            <label class="grow">
              {t('appeals.answer')}
              <input
                required
                maxLength={2000}
                value={words}
                onInput={({ currentTarget }) => say(currentTarget.value)}
              />
            </label>
            <button type="submit" disabled={busy || words.trim() === ''}>
              {t('appeals.uphold')}
            </button>
            <button type="button" disabled={busy || words.trim() === ''} onClick={() => decide('rejected')}>
              {t('appeals.reject')}
            </button>
          </form>
        )}
        {error ? <Trouble error={error} /> : null}
      </div>
    </li>
  );
}
