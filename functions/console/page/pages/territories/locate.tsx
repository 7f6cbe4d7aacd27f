import { useEffect, useState } from 'preact/hooks';
import { type Answer, call, type Rep } from '../../calls.ts';
import { Trouble } from '../../parts/states.tsx';
import { number, t } from '../../words.ts';
import type { Territory } from './draft.ts';

type Located = Answer<'POST', '/territories/locate'>['territories'];

interface Props {
  /** Where the map was pressed, in WGS-84 degrees. */
  place: { lng: number; lat: number } | undefined;
  territories: readonly Territory[];
  reps: readonly Rep[];
}

/** Who would get a lead from a place: pressed on the map, or an address. By what is in force, not by the draft. */
export function Locate({ place, territories, reps }: Props) {
  const [found, find] = useState<Located>();
  const [error, fail] = useState<unknown>();
  const [address, write] = useState('');
  const ask = (body: { point: { lng: number; lat: number } } | { address: string }) => {
    fail(undefined);
    call('POST', '/territories/locate', { body }).then(({ territories: located }) => find(located), fail);
  };
  useEffect(() => {
    if (place) ask({ point: place });
  }, [place]);
  const names = (repIds: readonly string[]) =>
    repIds.map((repId) => reps.find((rep) => rep.repId === repId)?.name ?? repId).join(', ');
  return (
    <section aria-labelledby="locate">
      <h2 id="locate">{t('locate.title')}</h2>
      <form
        class="bar"
        onSubmit={(event) => {
          event.preventDefault();
          ask({ address });
        }}
      >
        <label class="grow">
          {t('locate.address')}
          <input required value={address} onInput={({ currentTarget }) => write(currentTarget.value)} />
        </label>
        <button type="submit">{t('locate.do')}</button>
      </form>
      {error ? <Trouble error={error} /> : null}
      <div role="status">
        {place && (
          <p class="dim">
            {number(place.lng, 5)}, {number(place.lat, 5)}
          </p>
        )}
        {found?.length === 0 && <p>{t('locate.nobody')}</p>}
        <ul>
          {found?.map(({ territoryId, inside, metresToBoundary }) => {
            const territory = territories.find(({ properties }) => properties.territoryId === territoryId)?.properties;
            return (
              <li key={territoryId}>
                <strong>{territory?.name ?? territoryId}</strong>:{' '}
                {names(territory?.repIds ?? []) || t('locate.noReps')}
                <span class="dim">
                  {' '}
                  {metresToBoundary !== undefined &&
                    t(inside ? 'locate.inside' : 'locate.buffer', { metres: number(metresToBoundary) })}
                </span>
              </li>
            );
          })}
        </ul>
      </div>
    </section>
  );
}
