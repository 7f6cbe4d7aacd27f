import type { Lead } from '../../calls.ts';
import { useNames } from '../../parts/people.ts';
import { moment, named, t } from '../../words.ts';

type Happened = Lead['timeline'][number];

/** What is shown of an event, in its order, and what kind of name each is; a grade stands as it is. */
const shown: Readonly<Record<string, (of: Happened) => string | undefined>> = {
  cause: () => 'cause',
  from: () => 'stage',
  to: () => 'stage',
  channel: ({ type }) => (type.startsWith('Message') ? 'sentBy' : 'channel'),
  reason: ({ type }) => (type === 'LeadRejected' ? 'sign' : 'basis'),
  grade: () => undefined,
};

/** What happened, and what became of the messages about it. */
export function Events({ lead: { timeline, notices } }: { lead: Lead }) {
  const nameOf = useNames();
  const told = (of: Happened): string[] => {
    const { repId } = of.detail;
    const rest = Object.entries(shown).flatMap(([name, kindOf]) => {
      const value = of.detail[name];
      const kind = kindOf(of);
      return typeof value !== 'string' ? [] : [kind === undefined ? value : named(kind, value)];
    });
    return typeof repId === 'string' ? [nameOf(repId), ...rest] : rest;
  };
  return (
    <section aria-labelledby="events">
      <h2 id="events">{t('events.title')}</h2>
      <ol class="timeline">
        {timeline.toReversed().map((each) => (
          <li key={`${each.at} ${each.type}`}>
            <time dateTime={each.at}>{moment(each.at)}</time> <strong>{named('event', each.type)}</strong>{' '}
            <span class="dim">{told(each).join(' · ')}</span>
          </li>
        ))}
      </ol>
      {notices.length > 0 && (
        <>
          <h3>{t('notices.title')}</h3>
          <ul class="timeline">
            {notices.map(({ about, at, channel, state, tries, code }) => (
              <li key={`${about} ${channel} ${at}`}>
                <time dateTime={at}>{moment(at)}</time> {named('event', about)} · {named('sentBy', channel)} ·{' '}
                <span class={state === 'sent' ? 'due fine' : state === 'failed' ? 'due late' : 'due soon'}>
                  {named('sent', state)}
                </span>{' '}
                {tries !== undefined && t('notices.tries', { tries })} {code}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
