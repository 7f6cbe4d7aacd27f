import { useState } from 'preact/hooks';
import { to } from '../../address.ts';
import { type Answer, call, type LeadSummary, type Me, type Rep } from '../../calls.ts';
import { gathered } from '../../gathered.ts';
import { useLive } from '../../live.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { useDoing } from '../../parts/doing.ts';
import { Grade, titleOf } from '../../parts/lead.tsx';
import { tell } from '../../parts/notices.tsx';
import { readPeople } from '../../parts/people.ts';
import { Scroll } from '../../parts/scroll.tsx';
import { Cut, Trouble, Waiting } from '../../parts/states.tsx';
import { changes, moment, named, t } from '../../words.ts';
import { Assign } from '../lead/assign.tsx';
import { suggestionFor } from './suggestion.ts';

type Waits = Answer<'GET', '/manual-queue'>['items'][number];

/** Of so many of them it is said who might get them. */
const SUGGESTED = 25;
/** As many of them are shown. */
const MOST = 1000;
const SLOW = 30_000;

/** Leads that somebody has to place, each with its cause and who might get it. */
export function ManualGroup({ me }: { me: Me }) {
  const { data, error, refresh } = useLive(
    () => gathered(MOST, (at) => call('GET', '/manual-queue', { query: at })),
    'manual',
  );
  const leads = useLive(
    () => gathered(MOST, (at) => call('GET', '/leads', { query: { status: 'manual', ...at } })),
    'manual leads',
    SLOW,
  );
  const reps = useLive(readPeople, 'manual reps', SLOW);
  const [placing, place] = useState<{ leadId: string; repId: string | undefined }>();
  const { busy, error: refused, run } = useDoing();
  const retry = async (leadId: string) => {
    await call('POST', '/manual-queue/{leadId}/retry', { params: { leadId } });
    tell(t('manual.retried'));
    await refresh();
  };
  return (
    <section aria-labelledby="manual">
      <h2 id="manual">
        {t('manual.title')}{' '}
        <span class="count">{data ? `${data.items.length}${data.nextCursor ? '+' : ''}` : '…'}</span>
      </h2>
      {error ? <Trouble error={error} /> : null}
      {refused ? <Trouble error={refused} /> : null}
      {!data && !error && <Waiting />}
      {data?.items.length === 0 && <p class="dim">{t('manual.none')}</p>}
      {data && data.items.length > 0 && (
        <Scroll>
          <table class="stacks">
            <thead>
              <tr>
                <th>{t('grade.word')}</th>
                <th>{t('exceptions.lead')}</th>
                <th>{t('fact.cause')}</th>
                <th>{t('manual.since')}</th>
                <th>{t('manual.suggested')}</th>
                <th>{t('manual.do')}</th>
              </tr>
            </thead>
            <tbody>
              {data.items.map((each, at) => (
                <Row
                  key={each.leadId}
                  waits={each}
                  lead={leads.data?.items.find(({ leadId }) => leadId === each.leadId)}
                  reps={at < SUGGESTED ? reps.data?.items : undefined}
                  busy={busy}
                  retry={() => run(() => retry(each.leadId))}
                  place={(repId) => place({ leadId: each.leadId, repId })}
                />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      <Cut of={data} />
      {placing && (
        <Dialog title={t('manual.place')} close={() => place(undefined)}>
          <Assign
            lead={{ leadId: placing.leadId, owner: null }}
            me={me}
            first={placing.repId}
            done={async () => {
              place(undefined);
              await refresh();
            }}
          />
        </Dialog>
      )}
    </section>
  );
}

interface RowProps {
  waits: Waits;
  lead: LeadSummary | undefined;
  /** Of whom one is suggested, if it is to be said. */
  reps: readonly Rep[] | undefined;
  busy: boolean;
  retry: () => void;
  place: (repId: string | undefined) => void;
}

function Row({ waits: { leadId, cause, attempts, since, grade }, lead, reps, busy, retry, place }: RowProps) {
  const decisions = useLive(
    async () => (reps ? (await call('GET', '/leads/{leadId}/decisions', { params: { leadId } })).items : []),
    `${leadId} ${reps !== undefined}`,
    SLOW,
  );
  const suggested = reps && decisions.data && suggestionFor(lead, decisions.data, reps);
  return (
    <tr>
      <td>
        <Grade grade={grade} />
      </td>
      <th scope="row">
        <a href={to(`leads/${leadId}`)}>{lead ? titleOf(lead) : `…${leadId.slice(-6)}`}</a>
      </th>
      <td data-label={t('fact.cause')}>
        {named('cause', cause)}
        {attempts > 0 && ` (${t('manual.attempts', { attempts })})`}
      </td>
      <td data-label={t('manual.since')}>
        <time dateTime={since}>{moment(since)}</time>
      </td>
      <td data-label={t('manual.suggested')}>
        {suggested && (
          <>
            {suggested.rep.name}{' '}
            <span class="dim">
              {suggested.change === undefined
                ? t('manual.room', { open: suggested.rep.openLeads, capacity: suggested.rep.capacity })
                : t('manual.if', { change: changes(suggested.change) })}
            </span>
          </>
        )}
        {reps && decisions.data && !suggested && <span class="dim">{t('manual.nobody')}</span>}
      </td>
      <td>
        <button type="button" disabled={busy} onClick={retry}>
          {t('retry')}
        </button>{' '}
        <button type="button" onClick={() => place(suggested?.rep.repId)}>
          {t('assign.do')}
        </button>
      </td>
    </tr>
  );
}
