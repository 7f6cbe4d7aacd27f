import { globSync, readFileSync } from 'node:fs';

/** A habit of this house that no general tool knows. */
interface HouseRule {
  readonly files: string[];
  readonly except: RegExp;
  readonly forbidden: RegExp;
  readonly because: string;
}

const rules: HouseRule[] = [
  {
    files: ['shared/**/*.ts', 'functions/**/*.{ts,tsx}', 'events/**/*.ts'],
    except: /^shared\/platform\/|^functions\/console\/page\/clock\.ts$/,
    forbidden: /Date\.now\(|new Date\(\)|Math\.random\(|process\.env|console\./,
    because: 'clock, randomness, environment and output come from shared/platform, or the page’s own clock',
  },
  {
    files: ['{shared,functions,events,infra,scripts,test}/**/*.{ts,tsx}'],
    except: /^$/,
    forbidden: /@ts-(ignore|nocheck|expect-error)/,
    because: 'types are mended, not silenced',
  },
];

const shapeless = /(^|\/)(utils?|helpers?|common|misc)(\.tsx?$|\/)/;

/** Every breach of the house's own rules, one line each. */
export function breaches(): string[] {
  const found = rules.flatMap(({ files, except, forbidden, because }) =>
    files
      .flatMap((pattern) => globSync(pattern))
      .filter((file) => !except.test(file) && !file.endsWith('house-rules.ts'))
      .flatMap((file) =>
        readFileSync(file, 'utf8')
          .split('\n')
          .flatMap((line, at) => (forbidden.test(line) ? [`${file}:${at + 1}: ${because}: ${line.trim()}`] : [])),
      ),
  );
  const unnamed = globSync('{shared,functions,events,infra,scripts}/**/*.{ts,tsx}')
    .filter((file) => shapeless.test(file))
    .map((file) => `${file}: name it by what it does`);
  return [...found, ...unnamed];
}
