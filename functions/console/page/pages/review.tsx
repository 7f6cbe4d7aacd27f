import { useState } from 'preact/hooks';
import { to } from '../address.ts';
import { type Answer, call } from '../calls.ts';
import { useLive } from '../live.ts';
import type { PageProps } from '../page-props.ts';
import { Scroll } from '../parts/scroll.tsx';
import { Trouble, Waiting } from '../parts/states.tsx';
import { moment, named, number, t } from '../words.ts';
import { Decide } from './review/decide.tsx';

type Review = Answer<'GET', '/reports/weekly-review'>;
const SLOW = 30_000;

/** The weekly quarter of an hour: what to talk about, what was promised, what is decided. To be printed, too. */
export function ReviewPage({ me, rest: [named_] }: PageProps) {
  const [team, choose] = useState(me.teamId ?? named_ ?? '');
  return (
    <>
      <div class="title-row">
        <h1>{t('menu.review')}</h1>
        <button type="button" class="no-print" onClick={() => print()}>
          {t('review.print')}
        </button>
      </div>
      {me.role === 'admin' && (
        <form
          class="bar no-print"
          onSubmit={(event) => {
            event.preventDefault();
            choose(new FormData(event.currentTarget).get('team')?.toString().trim() ?? '');
          }}
        >
          <label>
            {t('review.team')}
            <input name="team" defaultValue={team} required maxLength={64} />
          </label>
          <button type="submit">{t('review.show')}</button>
        </form>
      )}
      {team !== '' && <Agenda teamId={team} />}
    </>
  );
}

function Agenda({ teamId }: { teamId: string }) {
  const { data, error, refresh } = useLive(
    () => call('GET', '/reports/weekly-review', { query: { teamId } }),
    `review ${teamId}`,
    SLOW,
  );
  if (error && !data) return <Trouble error={error} />;
  if (!data) return <Waiting />;
  return (
    <>
      <p>{t('review.about', { team: data.teamId, open: number(data.openDeals), stuck: number(data.stuck) })}</p>
      <Deals deals={data.deals} />
      <Promises title={t('review.promises')} items={data.promises} />
      <Promises title={t('review.last')} items={data.lastDecisions} />
      <Promises title={t('review.decided')} items={data.decisions} />
      <Decide teamId={teamId} deals={data.deals} done={refresh} />
    </>
  );
}

function Deals({ deals }: { deals: Review['deals'] }) {
  return (
    <section aria-labelledby="deals">
      <h2 id="deals">{t('review.deals')}</h2>
      {deals.length === 0 && <p class="dim">{t('review.deals.none')}</p>}
      {deals.length > 0 && (
        <Scroll>
          <table>
            <thead>
              <tr>
                <th>{t('decision.who')}</th>
                <th>{t('review.where')}</th>
                <th class="number">{t('review.days')}</th>
                <th>{t('review.why')}</th>
                <th>{t('next.title')}</th>
              </tr>
            </thead>
            <tbody>
              {deals.map(({ leadId, repName, stage, daysInStage, flags, nextStep }) => (
                <tr key={leadId}>
                  <th scope="row">
                    <a href={to(`leads/${leadId}`)}>
                      {repName} …{leadId.slice(-4)}
                    </a>
                  </th>
                  <td>{named('stage', stage)}</td>
                  <td class="number">{number(daysInStage)}</td>
                  <td>{flags.map((flag) => named('flag', flag)).join(' · ')}</td>
                  <td>{nextStep ? `${nextStep.text} · ${moment(nextStep.dueAt)}` : '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
}

type Promised = { text: string; dueAt: string; repId: string; kept: boolean | null };

const mark = (kept: boolean | null): string => (kept === null ? '…' : kept ? '✓' : '✗');

function Promises({ title, items }: { title: string; items: readonly Promised[] }) {
  if (items.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul>
        {items.map(({ text, dueAt, repId, kept }) => (
          <li key={`${text} ${dueAt} ${repId}`}>
            <span
              class={kept === false ? 'due late' : ''}
              title={t(kept === null ? 'review.open' : kept ? 'review.kept' : 'review.broken')}
            >
              {mark(kept)}
            </span>{' '}
            {text} · {repId} · {moment(dueAt)}
          </li>
        ))}
      </ul>
    </section>
  );
}
