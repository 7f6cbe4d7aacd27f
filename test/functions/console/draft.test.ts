import { describe, expect, it } from 'vitest';
import { drawn, fromFile, type Territory } from '../../../functions/console/page/pages/territories/draft.ts';

const geometry: Territory['geometry'] = { type: 'Polygon', coordinates: [] };
const named = (properties: object | null) => ({ type: 'Feature', properties, geometry });
const file = (...features: object[]) => JSON.stringify({ type: 'FeatureCollection', features });
const read = (...features: object[]) =>
  fromFile(file(...features), 'Territory').features.map(({ properties }) => [properties.territoryId, properties.name]);

describe('a file of territories', () => {
  const ours = named({ territoryId: 'territory-3', name: 'East', repIds: ['rep-li'], covers: ['Suzhou'] });

  it('that Leadkeeper wrote is read as it is', () => {
    const text = JSON.stringify({ type: 'FeatureCollection', crs: 'GCJ02', features: [ours] });
    expect(fromFile(text, 'Territory')).toEqual(JSON.parse(text));
  });

  it('of another map gives its areas under their names, each with an id that no other has', () => {
    const foreign = named({ name: ' 姑苏区 ', adcode: 320508, center: [120.6, 31.3] });
    expect(read(foreign, ours, named(null), named({ name: '' }))).toEqual([
      ['territory-2', '姑苏区'],
      ['territory-3', 'East'],
      ['territory-4', 'Territory 4'],
      ['territory-5', 'Territory 5'],
    ]);
    expect(fromFile(file(foreign), 'x').features[0]?.properties.repIds).toEqual([]);
  });

  it('leaves out what is no area, and is refused where it has none', () => {
    const point = { type: 'Feature', properties: { name: 'shop' }, geometry: { type: 'Point', coordinates: [0, 0] } };
    expect(read(point, ours)).toEqual([['territory-3', 'East']]);
    for (const text of [file(point), '{"type":"Feature"}', '[]', 'null', 'nothing'])
      expect(() => fromFile(text, 'Territory'), text).toThrow();
    expect(read()).toEqual([]);
  });

  it('does not take an id away from what is drawn after it', () => {
    const draft = fromFile(file(named(null), named(null)), 'Territory');
    expect(drawn(draft, geometry, 'Territory').properties.territoryId).toBe('territory-3');
  });
});
