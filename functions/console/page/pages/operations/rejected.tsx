import { useState } from 'preact/hooks';
import { to } from '../../address.ts';
import { type Answer, call } from '../../calls.ts';
import { useLive } from '../../live.ts';
import { useDoing } from '../../parts/doing.ts';
import { phoneOf, text, titleOf } from '../../parts/lead.tsx';
import { tell } from '../../parts/notices.tsx';
import { Trouble, Waiting } from '../../parts/states.tsx';
import { moment, named, said, t } from '../../words.ts';

type Shown = Answer<'GET', '/rejected'>['items'][number];
type Refusals = { leadId: string; message: string }[];

const SLOW = 10_000;

/** Leads that were taken for rubbish: those that somebody has to look at, or all; let go their way, or rejected, with a reason. */
export function Rejected() {
  const [held, only] = useState(true);
  const { data, error, refresh } = useLive(
    () => call('GET', '/rejected', { query: { review: held ? 'true' : 'false', limit: 100 } }),
    `rejected ${held}`,
    SLOW,
  );
  return (
    <section aria-labelledby="rejected">
      <h2 id="rejected">
        {t('rejected.title')}{' '}
        <span class="count">{data ? `${data.items.length}${data.nextCursor ? '+' : ''}` : '…'}</span>
      </h2>
      <fieldset class="chips">
        <legend class="hidden">{t('rejected.which')}</legend>
        {[true, false].map((each) => (
          <label key={String(each)} class="chip">
            <input type="radio" name="rejected" checked={held === each} onChange={() => only(each)} />
            {t(each ? 'rejected.held' : 'rejected.all')}
          </label>
        ))}
      </fieldset>
      {error ? <Trouble error={error} /> : null}
      {!data && !error && <Waiting />}
      {data?.items.length === 0 && <p class="dim">{t(held ? 'rejected.none' : 'rejected.noneAtAll')}</p>}
      {data && data.items.length > 0 && <Decide key={String(held)} leads={data.items} held={held} done={refresh} />}
    </section>
  );
}

interface DecideProps {
  leads: readonly Shown[];
  /** Whether they are only held: then they can be rejected, too. */
  held: boolean;
  done: () => Promise<void>;
}

function Decide({ leads, held, done }: DecideProps) {
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const [reason, say] = useState('');
  const [refusals, refuse] = useState<Refusals>([]);
  const { busy, error, run } = useDoing();
  const leadIds = leads.map(({ leadId }) => leadId).filter((leadId) => chosen.has(leadId));
  const mark = (leadId: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(leadId);
    else next.delete(leadId);
    choose(next);
  };
  const decide = (accepting: boolean) =>
    run(async () => {
      const body = { leadIds, reason };
      const { refused } = accepting
        ? await call('POST', '/rejected/accept', { body })
        : await call('POST', '/rejected', { body });
      refuse(refused);
      choose(new Set(refused.map(({ leadId }) => leadId)));
      if (refused.length === 0) say('');
      const count = leadIds.length - refused.length;
      if (count > 0) tell(t(accepting ? 'rejected.accepted' : 'rejected.rejected', { count }));
      await done();
    });
  const ready = !busy && leadIds.length > 0 && reason.trim() !== '';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) decide(true);
      }}
    >
      <ul class="cards">
        {leads.map((lead) => (
          <Suspect key={lead.leadId} lead={lead} chosen={chosen.has(lead.leadId)} mark={mark} />
        ))}
      </ul>
      <div class="bar">
        <label class="grow">
          {t('rejected.reason')}
          <input required maxLength={500} value={reason} onInput={({ currentTarget }) => say(currentTarget.value)} />
        </label>
        <button type="submit" class="main" disabled={!ready}>
          {t('rejected.accept', { count: leadIds.length })}
        </button>
        {held && (
          <button type="button" class="danger" disabled={!ready} onClick={() => decide(false)}>
            {t('rejected.reject', { count: leadIds.length })}
          </button>
        )}
      </div>
      {leadIds.length === 0 && <p class="dim">{t('rejected.choose')}</p>}
      {refusals.length > 0 && (
        <ul class="trouble" role="alert">
          {refusals.map(({ leadId, message }) => (
            <li key={leadId}>
              …{leadId.slice(-6)}: {said(message)}
            </li>
          ))}
        </ul>
      )}
      {error ? <Trouble error={error} /> : null}
    </form>
  );
}

interface SuspectProps {
  lead: Shown;
  chosen: boolean;
  mark: (leadId: string, on: boolean) => void;
}

function Suspect({ lead, chosen, mark }: SuspectProps) {
  const { leadId, since, source, contact, company, rubbish, reason } = lead;
  const about = [phoneOf(contact), text(contact, 'email'), text(company, 'name')].filter(Boolean);
  return (
    <li class="card">
      <input
        type="checkbox"
        checked={chosen}
        aria-label={t('rejected.mark', { name: titleOf(lead) })}
        onChange={({ currentTarget }) => mark(leadId, currentTarget.checked)}
      />
      <div class="card-body">
        <a class="card-title" href={to(`leads/${leadId}`)}>
          {titleOf(lead)}
        </a>{' '}
        <span class="dim">{about.join(' · ')}</span>
        <p class="dim">
          {named('source', source.channel)} · {moment(since)}
          {reason && !rubbish && ` · ${said(reason)}`}
        </p>
        {rubbish && (
          <p>
            <span class="due late">{t('rejected.points', { points: rubbish.points })}</span>{' '}
            {rubbish.reasons.map(({ sign, points, because }) => (
              <span key={sign} class="because">
                {named('sign', sign)} ({points}): {said(because)}
              </span>
            ))}
          </p>
        )}
      </div>
    </li>
  );
}
