import type { Lead } from '../../calls.ts';
import { named, t, talk } from '../../words.ts';

interface Props {
  stage: Lead['stage']['name'];
  ticked: readonly string[];
  tick: (all: string[]) => void;
}

/** What to say at this stage, and what to have asked; what is ticked goes into the contact that is logged. */
export function TalkTrack({ stage, ticked, tick }: Props) {
  const track = talk()[stage];
  if (!track) return null;
  const turn = (item: string, on: boolean) => tick(on ? [...ticked, item] : ticked.filter((each) => each !== item));
  return (
    <section aria-labelledby="talk">
      <h2 id="talk">
        {t('talk.title')}: {named('stage', stage)}
      </h2>
      <blockquote>{track.say}</blockquote>
      <fieldset class="checks">
        <legend>{t('talk.checklist')}</legend>
        {track.ask.map((item) => (
          <label key={item}>
            <input
              type="checkbox"
              checked={ticked.includes(item)}
              onChange={({ currentTarget }) => turn(item, currentTarget.checked)}
            />
            {item}
          </label>
        ))}
      </fieldset>
    </section>
  );
}
