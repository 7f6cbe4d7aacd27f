import { useState } from 'preact/hooks';
import { type Answer, call } from '../../calls.ts';
import { useLive } from '../../live.ts';
import { useDoing } from '../../parts/doing.ts';
import { tell } from '../../parts/notices.tsx';
import { useNames } from '../../parts/people.ts';
import { Trouble } from '../../parts/states.tsx';
import { listed, moment, named, percent, said, t } from '../../words.ts';

type Rejected = Answer<'POST', '/hr/reviews/{reviewId}/approve'>['rejected'][number];

/** As many decided ones are shown. */
const DECIDED = 5;

/** Pushes of HR's that would freeze too many: an admin applies them or throws them away. */
export function HeldPushes() {
  const { data, error, refresh } = useLive(() => call('GET', '/hr/reviews'), 'reviews', 10_000);
  const nameOf = useNames();
  const [left, leave] = useState<readonly Rejected[]>([]);
  const { busy, error: refused, run } = useDoing();
  const decide = async (how: 'approve' | 'discard', reviewId: string) => {
    const params = { reviewId };
    if (how === 'approve') leave((await call('POST', '/hr/reviews/{reviewId}/approve', { params })).rejected);
    else await call('POST', '/hr/reviews/{reviewId}/discard', { params });
    tell(t(how === 'approve' ? 'held.approved' : 'held.discarded'));
    await refresh();
  };
  const held = data?.items.filter(({ state }) => state === 'held') ?? [];
  const decided = data?.items.filter(({ state }) => state !== 'held').slice(0, DECIDED) ?? [];
  return (
    <section aria-labelledby="held">
      <h2 id="held">
        {t('held.title')} <span class="count">{data ? held.length : '…'}</span>
      </h2>
      {error ? <Trouble error={error} /> : null}
      {refused ? <Trouble error={refused} /> : null}
      {left.length > 0 && (
        <div role="status">
          <p>{t('held.left')}</p>
          <ul>
            {left.map(({ line, path, message }) => (
              <li key={`${line} ${path}`}>
                {line} · {path}: {said(message)}
              </li>
            ))}
          </ul>
        </div>
      )}
      {data && held.length === 0 && <p class="dim">{t('held.none')}</p>}
      <ul class="cards">
        {held.map(({ reviewId, at, expiresAt, wouldFreeze, share, because, people }) => (
          <li key={reviewId} class="card">
            <div class="card-body">
              <span class="card-title">{t('held.would', { count: wouldFreeze, share: percent(share) })}</span>
              <p class="dim">
                {said(because)} · {moment(at)} · {t('held.expires', { time: moment(expiresAt) })}
              </p>
              <details>
                <summary>{t('held.people')}</summary>
                <p>
                  {listed(people.map(nameOf))}
                  {people.length < wouldFreeze && ' …'}
                </p>
              </details>
              <div class="bar">
                <button
                  type="button"
                  class="danger"
                  disabled={busy}
                  onClick={() => run(() => decide('approve', reviewId))}
                >
                  {t('held.approve')}
                </button>
                <button type="button" disabled={busy} onClick={() => run(() => decide('discard', reviewId))}>
                  {t('held.discard')}
                </button>
              </div>
            </div>
          </li>
        ))}
      </ul>
      {decided.length > 0 && (
        <ul class="dim">
          {decided.map(({ reviewId, at, state, wouldFreeze }) => (
            <li key={reviewId}>
              {moment(at)} · {t('held.count', { count: wouldFreeze })} · {named('review', state)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
