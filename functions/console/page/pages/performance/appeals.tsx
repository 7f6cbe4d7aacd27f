import { useState } from 'preact/hooks';
import { call, type Me } from '../../calls.ts';
import { useLive } from '../../live.ts';
import { useDoing } from '../../parts/doing.ts';
import { tell } from '../../parts/notices.tsx';
import { Trouble } from '../../parts/states.tsx';
import { moment, named, t } from '../../words.ts';

const SLOW = 30_000;

interface AppealsProps {
  me: Me;
  repId: string;
  period: string;
  until: string;
}

/** Words against a closed score, and what was answered. */
export function Appeals({ me, repId, period, until }: AppealsProps) {
  const [reason, say] = useState('');
  const { busy, error, run } = useDoing();
  const { data, refresh } = useLive(
    () => call('GET', '/scorecards/{repId}/appeals', { params: { repId }, query: { period } }),
    `appeals ${repId} ${period}`,
    SLOW,
  );
  const own = me.rep?.repId === repId;
  const send = async (event: Event) => {
    event.preventDefault();
    const body = { period, reason };
    if (!(await run(() => call('POST', '/scorecards/{repId}/appeals', { params: { repId }, body })))) return;
    say('');
    tell(t('appeals.sent'));
    await refresh();
  };
  const answer = (appealId: string, decision: 'upheld' | 'rejected') =>
    run(async () => {
      const body = { period, decision, answer: reason };
      await call('POST', '/scorecards/{repId}/appeals/{appealId}/answer', { params: { repId, appealId }, body });
      say('');
      await refresh();
    });
  const open = data?.items.some((each) => each.answer === null) ?? false;
  return (
    <section aria-labelledby="appeals">
      <h2 id="appeals">{t('appeals.title')}</h2>
      <p class="dim">{t('appeals.until', { day: until })}</p>
      <ul>
        {data?.items.map(({ appealId, reason: because, at, answer: said }) => (
          <li key={appealId}>
            {moment(at)}: {because}
            {said && (
              <p>
                <strong>{named('appeal', said.decision)}</strong> {said.answer} <span class="dim">{said.by}</span>
              </p>
            )}
            {!said && !own && (
              <div class="bar">
                <button type="button" disabled={busy || reason === ''} onClick={() => answer(appealId, 'upheld')}>
                  {t('appeals.uphold')}
                </button>
                <button type="button" disabled={busy || reason === ''} onClick={() => answer(appealId, 'rejected')}>
                  {t('appeals.reject')}
                </button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {(own || open) && (
        <form onSubmit={send}>
          <label>
            {t(own ? 'appeals.reason' : 'appeals.answer')}
            <textarea
              required
              maxLength={2000}
              value={reason}
              onInput={({ currentTarget }) => say(currentTarget.value)}
            />
          </label>
          {own && (
            <button type="submit" class="main" disabled={busy || reason === ''}>
              {t('appeals.send')}
            </button>
          )}
        </form>
      )}
      {error ? <Trouble error={error} /> : null}
    </section>
  );
}
