import type { Answer } from '../../calls.ts';
import { moment, named, t } from '../../words.ts';

type Contact = Answer<'GET', '/leads/{leadId}/interactions'>['items'][number];

interface Props {
  items: readonly Contact[] | undefined;
  /** The words of a standard action, by its id. */
  actionOf: (id: string) => string;
}

/** The contacts that were logged, the newest first; one that was corrected is struck out. */
export function Contacts({ items, actionOf }: Props) {
  return (
    <section aria-labelledby="contacts">
      <h2 id="contacts">{t('contacts.title')}</h2>
      {items?.length === 0 && <p class="dim">{t('contacts.none')}</p>}
      <ol class="timeline">
        {items?.toReversed().map((each) => (
          <li key={each.interactionId}>
            <time dateTime={each.at}>{moment(each.at)}</time> {named('channel', each.channel)}
            {each.minutes > 0 && ` · ${t('minutes', { minutes: each.minutes })}`} · {named('outcome', each.outcome)}
            {each.correctedBy === undefined && !each.retracted ? (
              <p>{each.summary}</p>
            ) : (
              <p class="dim">
                <del>{each.summary}</del> {t('contacts.corrected')}
              </p>
            )}
            {each.done && each.done.length > 0 && (
              <p class="dim">{t('log.asked', { what: each.done.map(actionOf).join('; ') })}</p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
