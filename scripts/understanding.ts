import { commandLine } from './command-line.ts';
import {
  asTheyStand,
  foundIn,
  type Half,
  type Labelled,
  measure,
  precision,
  readHalf,
  recall,
} from './understanding/measure.ts';

const HELP = `npm run understanding -- [--development]

How well conversations are understood: precision and recall of each topic over sentences of sales talk, Chinese and English, that
were written and labelled after the rules, and measured only then. Rules are never changed for one of these.

  --development   the sentences that rules are written against, with what is read otherwise than it is labelled
`;

const perCent = (share: number): string => `${(100 * share).toFixed(1)} %`.padStart(9);

/** The figures of some sentences, a line each. */
function table(sentences: readonly Labelled[]): string {
  const lines = Object.entries(measure(sentences)).map(([name, measured]) => {
    const { right, wrong, missed } = measured;
    const counts = [right, wrong, missed].map((count) => String(count).padStart(7)).join('');
    return `${name.padEnd(18)}${perCent(precision(measured))}${perCent(recall(measured))}${counts}`;
  });
  return [`${''.padEnd(18)}precision   recall  right  wrong missed`, ...lines].join('\n');
}

const { values } = commandLine({
  options: { development: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
});
const half: Half = values.development ? 'development' : 'held-out';

function report(): string {
  const all = readHalf(half);
  const of = (language: string) => all.filter((each) => each.language === language);
  const sections = [
    `${all.length} sentences (${half})\n${table(all)}`,
    `Chinese, ${of('zh').length}\n${table(of('zh'))}\n${uncut(of('zh'))}`,
    `English, ${of('en').length}\n${table(of('en'))}`,
  ];
  // Of the half held out nobody is shown which sentences were read wrongly: rules would follow them.
  const otherwise = half === 'held-out' ? [] : all.flatMap(readOtherwise);
  return `${[...sections, ...otherwise].join('\n\n')}\n`;
}

/** What it comes to if Chinese is not cut into words. */
function uncut(sentences: readonly Labelled[]): string {
  const { all } = measure(sentences, asTheyStand);
  return `not cut into words${perCent(precision(all))}${perCent(recall(all))}`;
}

function readOtherwise(each: Labelled): string[] {
  const [wanted, found] = [each.topics.toSorted().join(' '), [...foundIn(each)].sort().join(' ')];
  return wanted === found ? [] : [`${each.sentence}\n  labelled ${wanted || '–'}, read ${found || '–'}`];
}

process.stdout.write(values.help ? HELP : report());
