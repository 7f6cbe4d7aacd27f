import { useState } from 'preact/hooks';
import { type Answer, call, download } from '../calls.ts';
import { now } from '../clock.ts';
import { useLive } from '../live.ts';
import type { PageProps } from '../page-props.ts';
import { useDoing } from '../parts/doing.ts';
import { tell } from '../parts/notices.tsx';
import { Nothing, Trouble, Waiting } from '../parts/states.tsx';
import { moment, named, number, t } from '../words.ts';
import { periodsOver } from './performance/periods.ts';
import { Tabs } from './performance/tabs.tsx';
import { AppealsOf } from './periods/appeals-of.tsx';
import { Reopen } from './periods/reopen.tsx';

type Cycle = Answer<'GET', '/cycles'>['items'][number];

const SLOW = 30_000;

/** Periods that are closed, with what follows from that: the proof that nothing changed since, payroll, appeals. */
export function Periods({ me }: PageProps) {
  const { data, error, refresh } = useLive(() => call('GET', '/cycles'), 'cycles', SLOW);
  return (
    <>
      <Tabs here="periods" me={me} />
      <h1>{t('menu.periods')}</h1>
      {error ? <Trouble error={error} /> : null}
      {!data && !error && <Waiting />}
      {me.role === 'admin' && data && <Close cycles={data.items} done={refresh} />}
      {data?.items.length === 0 && (
        <Nothing title={t('periods.none')}>
          {t(me.role === 'admin' ? 'periods.none.admin' : 'periods.none.next')}
        </Nothing>
      )}
      {data?.items.map((cycle) => (
        <Closed key={cycle.period.name} cycle={cycle} admin={me.role === 'admin'} done={refresh} />
      ))}
    </>
  );
}

interface CloseProps {
  cycles: readonly Cycle[];
  done: () => Promise<void>;
}

/** Closes a period that is over; a large one goes on until it is. */
function Close({ cycles, done }: CloseProps) {
  const state = (name: string) => cycles.find(({ period }) => period.name === name)?.state;
  const closable = [...new Set([...periodsOver(now()), ...cycles.map(({ period }) => period.name)])].filter(
    (name) => state(name) !== 'closed',
  );
  const [chosen, choose] = useState('');
  const { busy, error, run } = useDoing();
  const period = closable.includes(chosen) ? chosen : '';
  const close = async () => {
    const one = () => call('POST', '/cycles/{period}/close', { params: { period } });
    let cycle = await one();
    while (cycle.state === 'closing') cycle = await one();
    tell(t('periods.closed', { period }));
    await done();
  };
  return (
    <section aria-labelledby="close">
      <h2 id="close">{t('periods.close')}</h2>
      <p class="dim">{t('periods.close.about')}</p>
      <form
        class="bar"
        onSubmit={(event) => {
          event.preventDefault();
          run(close);
        }}
      >
        <label>
          {t('performance.period')}
          <select required value={period} onChange={({ currentTarget }) => choose(currentTarget.value)}>
            <option value="">–</option>
            {closable.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" class="main" disabled={busy || period === ''}>
          {t(busy ? 'periods.closing' : 'periods.close.do')}
        </button>
      </form>
      {error ? <Trouble error={error} /> : null}
    </section>
  );
}

type Verified = Answer<'GET', '/cycles/{period}/verify'>;

interface ClosedProps {
  cycle: Cycle;
  admin: boolean;
  done: () => Promise<void>;
}

function Closed({ cycle, admin, done }: ClosedProps) {
  const { name } = cycle.period;
  const [verified, prove] = useState<Verified>();
  const [reopening, reopen] = useState(false);
  const { busy, error, run } = useDoing();
  const closed = cycle.state === 'closed';
  const verify = () =>
    run(async () => prove(await call('GET', '/cycles/{period}/verify', { params: { period: name } })));
  return (
    <section aria-labelledby={`period-${name}`}>
      <h2 id={`period-${name}`}>
        {name} <span class={`due ${closed ? 'fine' : 'soon'}`}>{named('cycle', cycle.state)}</span>
      </h2>
      <p class="dim">
        {cycle.period.from} – {cycle.period.to} · {t('periods.cards', { count: number(cycle.cards) })} ·{' '}
        {t('periods.revision', { revision: cycle.revision, version: cycle.version })}
        {cycle.closedAt && ` · ${moment(cycle.closedAt)}`}
        {cycle.appealsUntil && ` · ${t('periods.appealsUntil', { day: cycle.appealsUntil })}`}
      </p>
      {closed && (
        <div class="bar">
          <button type="button" disabled={busy} onClick={verify}>
            {t('periods.verify')}
          </button>
          {admin && (
            <>
              <button
                type="button"
                disabled={busy}
                onClick={() => run(() => download(`/cycles/${encodeURIComponent(name)}/payroll`))}
              >
                {t('periods.payroll')}
              </button>
              <button type="button" class="danger" disabled={busy} onClick={() => reopen(true)}>
                {t('periods.reopen')}
              </button>
            </>
          )}
        </div>
      )}
      {verified && (
        <p class={`due ${verified.intact ? 'fine' : 'late'}`} role="status">
          {verified.intact
            ? t('periods.intact', { count: number(verified.cards) })
            : t('periods.broken', { who: verified.firstBroken ?? '–' })}
        </p>
      )}
      {error ? <Trouble error={error} /> : null}
      {cycle.earlier.length > 0 && (
        <ul class="dim">
          {cycle.earlier.map(({ revision, reopenedAt, by, reason }) => (
            <li key={revision}>{t('periods.earlier', { revision, time: moment(reopenedAt), by, reason })}</li>
          ))}
        </ul>
      )}
      <AppealsOf period={name} />
      {reopening && <Reopen period={name} close={() => reopen(false)} done={done} />}
    </section>
  );
}
