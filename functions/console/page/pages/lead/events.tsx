import type { Lead } from '../../calls.ts';
import { moment, named, t } from '../../words.ts';

const shown = ['repId', 'cause', 'from', 'to', 'channel', 'reason', 'grade', 'level'];

/** What happened, and what became of the messages about it. */
export function Events({ lead: { timeline, notices } }: { lead: Lead }) {
  return (
    <section aria-labelledby="events">
      <h2 id="events">{t('events.title')}</h2>
      <ol class="timeline">
        {timeline.toReversed().map(({ at, type, detail }) => (
          <li key={`${at} ${type}`}>
            <time dateTime={at}>{moment(at)}</time> <strong>{named('event', type)}</strong>{' '}
            <span class="dim">
              {shown.flatMap((name) => (typeof detail[name] === 'string' ? [String(detail[name])] : [])).join(' · ')}
            </span>
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
