import { useState } from 'preact/hooks';
import { to } from '../../address.ts';
import { type Answer, call, type Me } from '../../calls.ts';
import { useLive } from '../../live.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { useDoing } from '../../parts/doing.ts';
import { Grade } from '../../parts/lead.tsx';
import { tell } from '../../parts/notices.tsx';
import { Trouble, Waiting } from '../../parts/states.tsx';
import { moment, named, said, t } from '../../words.ts';
import { Assign } from '../lead/assign.tsx';

type Waits = Answer<'GET', '/manual-queue'>['items'][number];

/** Leads that somebody has to place, each with its cause. */
export function ManualGroup({ me }: { me: Me }) {
  const { data, error, refresh } = useLive(() => call('GET', '/manual-queue', { query: { limit: 200 } }), 'manual');
  const [placing, place] = useState<Waits>();
  const { busy, error: refused, run } = useDoing();
  const retry = async (leadId: string) => {
    await call('POST', '/manual-queue/{leadId}/retry', { params: { leadId } });
    tell(t('manual.retried'));
    await refresh();
  };
  return (
    <section aria-labelledby="manual">
      <h2 id="manual">
        {t('manual.title')} <span class="count">{data?.items.length ?? '…'}</span>
      </h2>
      {error ? <Trouble error={error} /> : null}
      {refused ? <Trouble error={refused} /> : null}
      {!data && !error && <Waiting />}
      {data?.items.length === 0 && <p class="dim">{t('manual.none')}</p>}
      {data && data.items.length > 0 && (
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th>{t('grade.word')}</th>
                <th>{t('exceptions.lead')}</th>
                <th>{t('fact.cause')}</th>
                <th>{t('manual.since')}</th>
                <th>{t('manual.do')}</th>
              </tr>
            </thead>
            <tbody>
              {data.items.map((each) => (
                <tr key={each.leadId}>
                  <td>
                    <Grade grade={each.grade} />
                  </td>
                  <th scope="row">
                    <a href={to(`leads/${each.leadId}`)}>…{each.leadId.slice(-6)}</a>
                  </th>
                  <td>
                    {named('cause', each.cause)}
                    {each.attempts > 0 && ` (${t('manual.attempts', { attempts: each.attempts })})`}
                  </td>
                  <td>{moment(each.since)}</td>
                  <td>
                    <button type="button" disabled={busy} onClick={() => run(() => retry(each.leadId))}>
                      {t('retry')}
                    </button>{' '}
                    <button type="button" onClick={() => place(each)}>
                      {t('assign.do')}
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {placing && (
        <Place
          lead={placing}
          me={me}
          close={() => place(undefined)}
          done={async () => {
            place(undefined);
            await refresh();
          }}
        />
      )}
    </section>
  );
}

interface PlaceProps {
  lead: Waits;
  me: Me;
  close: () => void;
  done: () => Promise<void>;
}

/** Places a lead by hand; suggests who is nearest to what the rules want, by the last decision that failed. */
function Place({ lead: { leadId }, me, close, done }: PlaceProps) {
  const decisions = useLive(
    () => call('GET', '/leads/{leadId}/decisions', { params: { leadId } }),
    `${leadId} decisions`,
  );
  const [chosen, choose] = useState('');
  const suggested = decisions.data?.items.findLast(({ flip }) => flip.length > 0)?.flip ?? [];
  return (
    <Dialog title={t('manual.place')} close={close}>
      {suggested.length > 0 ? (
        <>
          <p>{t('manual.suggested')}</p>
          <ul>
            {suggested.map(({ repId, change }) => (
              <li key={repId}>
                <button type="button" class="link" onClick={() => choose(repId)}>
                  {repId}
                </button>{' '}
                {t('manual.if', { change: said(change) })}
              </li>
            ))}
          </ul>
        </>
      ) : (
        decisions.data && <p class="dim">{t('manual.nobody')}</p>
      )}
      <Assign key={chosen} lead={{ leadId, owner: null }} me={me} done={done} first={chosen} />
    </Dialog>
  );
}
