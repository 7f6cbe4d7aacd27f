import { useEffect, useRef, useState } from 'preact/hooks';
import { type Answer, call, Refused } from '../calls.ts';
import { useLive } from '../live.ts';
import { useDoing } from '../parts/doing.ts';
import { tell } from '../parts/notices.tsx';
import { readPeople } from '../parts/people.ts';
import { Cut, Trouble, Waiting } from '../parts/states.tsx';
import { useUnsaved } from '../parts/unsaved.ts';
import { number, t } from '../words.ts';
import { type Draft, drawn, fromFile, without, withTerritory } from './territories/draft.ts';
import { Locate } from './territories/locate.tsx';
import { openMap, type TerritoryMap } from './territories/map.ts';
import { Properties } from './territories/properties.tsx';

type Checked = Answer<'POST', '/territories/check'>;

const CHECK_AFTER = 600;
/** As many territories are checked without anybody having changed them. */
const MOST_ASKED = 200;

const sent = (draft: Draft) => draft as unknown as Parameters<typeof check>[0];
const check = (body: NonNullable<Parameters<typeof call<'POST', '/territories/check'>>[2]>['body']) =>
  call('POST', '/territories/check', { body });

/** The refusal with the territory's own name in place of its number. */
function namedFields(error: unknown, draft: Draft): unknown {
  if (!(error instanceof Refused)) return error;
  const errors = error.errors.map(({ path, message }) => ({
    path: path.replace(/^features\.(\d+)\.?/, (_, at: string) => {
      const name = draft.features[Number(at)]?.properties.name;
      return name ? `${name} · ` : `#${Number(at) + 1} · `;
    }),
    message,
  }));
  return new Refused(error.status, error.message, errors);
}

/** Territories on a map: draw, edit, check, publish; and who would get a lead from a place. */
export function Territories() {
  const reps = useLive(readPeople, 'reps', 60_000);
  const [draft, change] = useState<Draft>();
  const [version, publishedAs] = useState(0);
  const [dirty, touch] = useState(false);
  const [selected, select] = useState<number>();
  const [editing, edit] = useState(false);
  const [checked, said] = useState<Checked>();
  const [place, put] = useState<{ lng: number; lat: number }>();
  const [failed, fail] = useState<unknown>();
  const publishing = useDoing();
  useUnsaved(dirty);
  const element = useRef<HTMLDivElement>(null);
  const map = useRef<TerritoryMap | undefined>(undefined);
  const current = useRef<Draft | undefined>(undefined);
  current.current = draft;

  const alter = (next: Draft) => {
    change(next);
    touch(true);
  };
  const load = async () => {
    const { version: inForce, features } = await call('GET', '/territories');
    change({ type: 'FeatureCollection', features: features as Draft['features'] });
    publishedAs(inForce);
    touch(false);
    said(undefined);
    fail(undefined);
    select(undefined);
    edit(false);
  };

  useEffect(() => {
    if (!element.current) return;
    const opened = openMap(element.current, {
      drawn: (geometry) => {
        const before = current.current;
        if (!before) return;
        alter({ ...before, features: [...before.features, drawn(before, geometry, t('map.new'))] });
        select(before.features.length);
      },
      edited: (at, geometry) => {
        const territory = current.current?.features[at];
        if (current.current && territory) alter(withTerritory(current.current, at, { ...territory, geometry }));
      },
      selected: select,
      placed: (lng, lat) => put({ lng, lat }),
    });
    map.current = opened;
    load().then(() => setTimeout(opened.fit), fail);
    return opened.close;
  }, []);

  const overlapping = new Set(checked?.overlaps.flatMap(({ a, b }) => [a, b]));
  const overlaps = [...overlapping].join(' ');
  useEffect(() => {
    map.current?.show(draft?.features ?? [], { selected, overlapping });
  }, [draft, selected, overlaps]);
  useEffect(() => map.current?.edit(editing ? selected : undefined), [editing, selected]);
  useEffect(() => {
    if (place) map.current?.pin(place.lng, place.lat);
  }, [place]);

  // What a publication would say, a moment after each change; of what is in force once, if it is not too much to ask for nothing.
  useEffect(() => {
    if (!draft || (!dirty && (checked || draft.features.length > MOST_ASKED))) return;
    const timer = setTimeout(() => {
      fail(undefined);
      check(sent(draft)).then(said, (error) => fail(namedFields(error, draft)));
    }, CHECK_AFTER);
    return () => clearTimeout(timer);
  }, [draft, dirty]);

  const publish = async () => {
    if (!draft) return;
    const done = await call('PUT', '/territories', { body: sent(draft), madeFrom: version }).catch((error) => {
      throw namedFields(error, draft);
    });
    await load();
    said(done);
    tell(t('map.published', { version: done.version }));
  };
  const open = async (file: File | undefined) => {
    if (!file) return;
    try {
      alter(fromFile(await file.text(), t('map.new')));
      select(undefined);
      setTimeout(() => map.current?.fit());
    } catch {
      fail(new Refused(400, t('map.noGeoJson'), []));
    }
  };
  const save = () => {
    const url = URL.createObjectURL(new Blob([JSON.stringify(draft, null, 2)], { type: 'application/geo+json' }));
    const link = Object.assign(document.createElement('a'), { href: url, download: `territories-${version}.geojson` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  };

  const territory = selected === undefined ? undefined : draft?.features[selected];
  return (
    <>
      <div class="title-row">
        <h1>{t('menu.territories')}</h1>
        <span class="dim">{t(dirty ? 'map.draft' : 'map.inForce', { version })}</span>
      </div>
      <div class="bar">
        <button type="button" onClick={() => map.current?.draw()}>
          {t('map.draw')}
        </button>
        <label class="button">
          {t('map.import')}
          <input
            class="hidden"
            type="file"
            accept=".geojson,.json,application/geo+json"
            onChange={({ currentTarget }) => open(currentTarget.files?.[0])}
          />
        </label>
        <button type="button" onClick={save} disabled={!draft}>
          {t('map.export')}
        </button>
        <button type="button" disabled={!dirty} onClick={() => load().catch(fail)}>
          {t('map.discard')}
        </button>
        <button type="button" class="main" disabled={!dirty || publishing.busy} onClick={() => publishing.run(publish)}>
          {t('map.publish')}
        </button>
      </div>
      {failed ? <Trouble error={failed} /> : null}
      {publishing.error ? <Trouble error={publishing.error} /> : null}
      {!draft && !failed && <Waiting />}
      <div class="map-columns">
        <div ref={element} class="map" role="application" aria-label={t('map.title')} />
        <div>
          <Locate place={place} territories={draft?.features ?? []} reps={reps.data?.items ?? []} />
          <section aria-labelledby="territory-list">
            <h2 id="territory-list">
              {t('map.list')} <span class="count">{draft?.features.length ?? '…'}</span>
            </h2>
            <ul class="territories">
              {draft?.features.map(({ properties: { territoryId, name } }, at) => (
                <li key={territoryId}>
                  <button
                    type="button"
                    class="link"
                    aria-pressed={at === selected}
                    onClick={() => select(at === selected ? undefined : at)}
                  >
                    {name}
                  </button>{' '}
                  {overlapping.has(territoryId) && <span class="due late">{t('map.overlaps')}</span>}
                </li>
              ))}
            </ul>
          </section>
          <Cut of={reps.data} />
          {draft && territory && selected !== undefined && (
            <Properties
              key={selected}
              territory={territory}
              reps={reps.data?.items ?? []}
              editing={editing}
              edit={edit}
              change={(changed) => alter(withTerritory(draft, selected, changed))}
              remove={() => {
                alter(without(draft, selected));
                select(undefined);
                edit(false);
              }}
            />
          )}
          {checked && (checked.overlaps.length > 0 || checked.warnings.length > 0) && (
            <section aria-labelledby="map-said" role="status">
              <h2 id="map-said">{t('map.said')}</h2>
              <ul>
                {checked.overlaps.map(({ a, b, squareKilometres }) => (
                  <li key={`${a} ${b}`}>{t('map.overlap', { a, b, area: number(squareKilometres, 2) })}</li>
                ))}
                {checked.warnings.map((warning) => (
                  <li key={warning}>{warning}</li>
                ))}
              </ul>
            </section>
          )}
        </div>
      </div>
    </>
  );
}
