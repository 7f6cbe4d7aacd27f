import { useState } from 'preact/hooks';
import { to } from '../../address.ts';
import { type Answer, call, type Decision, type Lead, type Me } from '../../calls.ts';
import { useLive } from '../../live.ts';
import { useDoing } from '../../parts/doing.ts';
import { Grade, titleOf } from '../../parts/lead.tsx';
import { Nothing, Trouble, Waiting } from '../../parts/states.tsx';
import { changes, moment, named, number, said, t } from '../../words.ts';
import { Events } from './events.tsx';

type Candidate = Decision['candidates'][number];

/** Why a lead went where it went: its score, each decision with everybody who was considered, and whether the record is whole. */
export function DecisionView({ leadId, me }: { leadId: string; me: Me }) {
  const params = { leadId };
  const lead = useLive(() => call('GET', '/leads/{leadId}', { params }), leadId);
  const decisions = useLive(() => call('GET', '/leads/{leadId}/decisions', { params }), `${leadId} decisions`);
  const error = lead.error ?? decisions.error;
  if (error && !lead.data) return <Trouble error={error} />;
  if (!lead.data || !decisions.data) return <Waiting />;
  const { items } = decisions.data;
  return (
    <>
      <p>
        <a href={to(`leads/${leadId}`)}>← {titleOf(lead.data)}</a>
      </p>
      <h1>{t('decision.title')}</h1>
      {me.role !== 'rep' && <Trust leadId={leadId} records={items.length} />}
      <ol class="chain">
        <li class="step">
          <h2>{t('decision.received', { time: moment(lead.data.sla.receivedAt) })}</h2>
          <p>{named('source', lead.data.source.channel)}</p>
        </li>
        <Scored lead={lead.data} />
        {items.map((decision) => (
          <Step key={decision.decisionId} decision={decision} />
        ))}
      </ol>
      {items.length === 0 && <Nothing title={t('decision.none')}>{t('decision.none.next')}</Nothing>}
      <Events lead={lead.data} />
    </>
  );
}

/** The points, one bar for each rule that fired. */
function Scored({ lead: { score } }: { lead: Lead }) {
  if (!score) return null;
  const most = Math.max(1, ...score.points.map(({ points }) => Math.abs(points)));
  return (
    <li class="step">
      <h2>
        {t('decision.scored', { value: score.value })} <Grade grade={score.grade} />
      </h2>
      <table class="points">
        <caption class="hidden">{t('decision.points')}</caption>
        <tbody>
          {score.points.map(({ rule, points, because }) => (
            <tr key={rule}>
              <th scope="row">{named('rule', rule)}</th>
              <td class="number">{number(points, 1)}</td>
              <td class="bar-cell">
                <div class="meter" style={{ width: `${(Math.abs(points) / most) * 100}%` }} />
              </td>
              <td class="dim">{said(because)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="dim">{t('decision.version', { version: score.version })}</p>
    </li>
  );
}

/** What a rep is called in the record, if it says so. */
function namesIn({ inputs }: Decision): Map<string, string> {
  const reps = (inputs?.reps ?? []) as { repId: string; name: string }[];
  return new Map(reps.map(({ repId, name }) => [repId, name]));
}

/** One decision: everybody who was considered, basis by basis, and what would have changed it. */
function Step({ decision }: { decision: Decision }) {
  const { at, outcome, cause, repId, basis, candidates, flip, versions, waitsUntil } = decision;
  const names = namesIn(decision);
  const who = (id: string): string => {
    const name = names.get(id);
    return name === undefined ? id : `${name} (${id})`;
  };
  const bases = [...new Set(candidates.map((each) => each.basis ?? ''))];
  return (
    <li class={`step ${outcome}`}>
      <h2>
        {repId ? t('decision.to', { outcome: named('decided', outcome), who: who(repId) }) : named('decided', outcome)}
      </h2>
      <p>
        <time dateTime={at}>{moment(at)}</time> · {named('basis', basis)}
        {cause && ` · ${named('cause', cause)}`}
        {waitsUntil && ` · ${t('decision.waits', { time: moment(waitsUntil) })}`}
      </p>
      {bases.map((each) => (
        <Considered
          key={each}
          basis={each}
          candidates={candidates.filter((one) => (one.basis ?? '') === each)}
          who={who}
        />
      ))}
      {flip.length > 0 && (
        <details open={outcome !== 'assigned'}>
          <summary>{t('decision.flip')}</summary>
          <ul>
            {flip.map(({ repId: other, change }) => (
              <li key={`${other} ${change}`}>
                <strong>{who(other)}</strong>: {changes(change)}
              </li>
            ))}
          </ul>
        </details>
      )}
      <p class="dim">
        {Object.entries(versions)
          .map(([name, version]) => `${named('versioned', name)} ${version}`)
          .join(' · ')}
      </p>
    </li>
  );
}

interface ConsideredProps {
  basis: string;
  candidates: readonly Candidate[];
  who: (repId: string) => string;
}

/** Who was considered on one basis: those who fell out first, with the reason; then those left, in their order. */
function Considered({ basis, candidates, who }: ConsideredProps) {
  const [out, left] = [candidates.filter(({ rank }) => !rank), candidates.filter(({ rank }) => rank)];
  const ordered = [...out, ...left.sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0))];
  return (
    <table class="candidates">
      <caption>{basis === '' ? t('decision.considered') : named('basis', basis)}</caption>
      <thead class="hidden">
        <tr>
          <th>{t('decision.rank')}</th>
          <th>{t('decision.who')}</th>
          <th>{t('decision.reason')}</th>
        </tr>
      </thead>
      <tbody>
        {ordered.map(({ repId, outcome, reason, rank }) => (
          <tr key={repId} class={outcome === 'chosen' ? 'chosen' : rank ? '' : 'out'}>
            <td>{outcome === 'chosen' ? `✓ ${t('decision.chosen')}` : (rank ?? `✗ ${t('decision.out')}`)}</td>
            <th scope="row">{who(repId)}</th>
            <td>{said(reason)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Whether the record is whole and unchanged, and whether it gives the same again. */
function Trust({ leadId, records }: { leadId: string; records: number }) {
  const verified = useLive(
    () => call('GET', '/audit/verify', { query: { leadId } }),
    `${leadId} verified ${records}`,
    60_000,
  );
  const [replayed, again] = useState<Answer<'POST', '/audit/replay'>>();
  const { busy, error, run } = useDoing();
  const { data } = verified;
  return (
    <div class="bar trust">
      {data && (
        <span class={`due ${data.intact ? 'fine' : 'late'}`}>
          {data.intact
            ? `✓ ${t('audit.intact', { records: data.records })}`
            : `✗ ${t('audit.broken', { at: data.firstBroken ?? '' })}`}
        </span>
      )}
      <button
        type="button"
        disabled={busy}
        onClick={() => run(async () => again(await call('POST', '/audit/replay', { body: { leadId } })))}
      >
        {t('audit.replay')}
      </button>
      {replayed && (
        <span role="status" class={`due ${replayed.different.length === 0 ? 'fine' : 'late'}`}>
          {t(replayed.different.length === 0 ? 'audit.same' : 'audit.different', {
            decisions: replayed.decisions,
            identical: replayed.identical,
          })}
        </span>
      )}
      {error ? <Trouble error={error} /> : null}
    </div>
  );
}
