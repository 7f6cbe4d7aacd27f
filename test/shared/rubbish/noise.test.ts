import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { placeholder } from '../../../shared/rubbish/signs/placeholder.ts';
import { whyRandom } from '../../../shared/rubbish/signs/typed-at-random.ts';
import { noiseNames, realCompanies, realNames } from './names.ts';

const facts = { sameMessage: 0, sameName: 0, repeatsFrom: 3, fastestSeconds: 2 };
const isNoise = (name: string): boolean =>
  whyRandom(name) !== undefined || placeholder({ contact: { name }, source: { channel: 'web' } }, facts).length > 0;

describe('names struck at random', () => {
  it('are told from real ones: of at least 200 real and 100 others, precision 0.99 and recall 0.95', () => {
    expect(new Set(realNames).size).toBeGreaterThanOrEqual(200);
    expect(new Set(noiseNames).size).toBeGreaterThanOrEqual(100);
    const falseAlarms = [...realNames, ...realCompanies].filter(isNoise);
    const missed = noiseNames.filter((name) => !isNoise(name));
    const caught = noiseNames.length - missed.length;
    const precision = caught / (caught + falseAlarms.length);
    const recall = caught / noiseNames.length;
    process.stdout.write(
      `${realNames.length} real names, ${realCompanies.length} companies, ${noiseNames.length} others: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}; false alarms: ${falseAlarms.join(', ') || 'none'}; missed: ${missed.join(', ') || 'none'}\n`,
    );
    expect(precision).toBeGreaterThanOrEqual(0.99);
    expect(recall).toBeGreaterThanOrEqual(0.95);
  });

  it('are not seen in the names of counties and their like, which nobody looked at when the rule was made', () => {
    const atlas = createRequire(import.meta.url)('us-atlas/counties-10m.json') as {
      objects: { counties: { geometries: { properties: { name: string } }[] } };
    };
    const names = [...new Set(atlas.objects.counties.geometries.map(({ properties }) => properties.name))];
    expect(names.length).toBeGreaterThan(1500);
    expect(names.filter((name) => whyRandom(name) !== undefined)).toEqual([]);
  });
});
