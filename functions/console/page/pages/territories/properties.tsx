import { useState } from 'preact/hooks';
import type { Rep } from '../../calls.ts';
import { t } from '../../words.ts';
import type { Territory } from './draft.ts';

/** Of more reps than these only the chosen are shown, and who is sought. */
const MANY = 30;

interface Props {
  territory: Territory;
  reps: readonly Rep[];
  editing: boolean;
  edit: (on: boolean) => void;
  change: (territory: Territory) => void;
  remove: () => void;
}

/** What a territory is called, who serves it, and its border, which can be moved on the map or written. */
export function Properties({ territory, reps, editing, edit, change, remove }: Props) {
  const { properties, geometry } = territory;
  const set = (changed: Partial<Territory['properties']>) =>
    change({ ...territory, properties: { ...properties, ...changed } });
  const able = reps.filter(({ capacity, repId }) => capacity > 0 || properties.repIds.includes(repId));
  const [sought, seek] = useState('');
  const shown = able.filter(
    ({ repId, name }) =>
      able.length <= MANY ||
      properties.repIds.includes(repId) ||
      (sought.trim() !== '' && `${name} ${repId}`.toLowerCase().includes(sought.trim().toLowerCase())),
  );
  const [wrong, refuse] = useState(false);
  const write = (text: string) => {
    try {
      change({ ...territory, geometry: JSON.parse(text) as Territory['geometry'] });
      refuse(false);
    } catch {
      refuse(true);
    }
  };
  return (
    <section aria-labelledby="territory">
      <h2 id="territory">{properties.name}</h2>
      <form onSubmit={(event) => event.preventDefault()}>
        <div class="bar">
          <label class="grow">
            {t('map.name')}
            <input
              required
              value={properties.name}
              onInput={({ currentTarget }) => set({ name: currentTarget.value })}
            />
          </label>
          <label>
            {t('map.id')}
            <input
              required
              value={properties.territoryId}
              onChange={({ currentTarget }) => set({ territoryId: currentTarget.value })}
            />
          </label>
        </div>
        <fieldset class="chips">
          <legend>{t('map.reps')}</legend>
          {able.length > MANY && (
            <input
              type="search"
              aria-label={t('map.seek')}
              placeholder={t('map.seek')}
              value={sought}
              onInput={({ currentTarget }) => seek(currentTarget.value)}
            />
          )}
          {shown.map(({ repId, name }) => (
            <label key={repId} class="chip">
              <input
                type="checkbox"
                checked={properties.repIds.includes(repId)}
                onChange={({ currentTarget }) =>
                  set({
                    repIds: currentTarget.checked
                      ? [...properties.repIds, repId]
                      : properties.repIds.filter((each) => each !== repId),
                  })
                }
              />
              {name}
            </label>
          ))}
        </fieldset>
        <div class="bar">
          <label>
            {t('map.buffer')}
            <input
              type="number"
              min="0"
              max="50000"
              value={properties.bufferMetres ?? 0}
              onInput={({ currentTarget }) => set({ bufferMetres: currentTarget.valueAsNumber || 0 })}
            />
          </label>
          <label>
            {t('map.priority')}
            <input
              type="number"
              min="-1000"
              max="1000"
              value={properties.priority ?? 0}
              onInput={({ currentTarget }) => set({ priority: currentTarget.valueAsNumber || 0 })}
            />
          </label>
        </div>
        <div class="bar">
          <button type="button" aria-pressed={editing} onClick={() => edit(!editing)}>
            {t(editing ? 'map.editDone' : 'map.edit')}
          </button>
          <button type="button" class="danger" onClick={remove}>
            {t('map.remove')}
          </button>
        </div>
        <details>
          <summary>{t('map.border')}</summary>
          <textarea
            rows={6}
            aria-label={t('map.border')}
            aria-invalid={wrong}
            value={JSON.stringify(geometry)}
            onChange={({ currentTarget }) => write(currentTarget.value)}
          />
          {wrong && <p class="due late">{t('map.noGeoJson')}</p>}
        </details>
      </form>
    </section>
  );
}
