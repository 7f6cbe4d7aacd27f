import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchAppraisal } from './bench/appraisal.ts';
import { benchCalendar } from './bench/calendar.ts';
import { benchDecisions } from './bench/decisions.ts';
import { benchIntake } from './bench/intake.ts';
import { markdown, plain, rate, type Section } from './bench/report.ts';
import { benchScoring } from './bench/scoring.ts';
import { benchStarts } from './bench/starts.ts';
import { benchTerritories } from './bench/territories.ts';
import { benchWay } from './bench/way.ts';
import { commandLine } from './command-line.ts';
import { startRuntime } from './local/runtime.ts';
import { synthesize } from './synth.ts';

const HELP = `npm run bench: how fast decisions, scores, territories and deadlines are by themselves; how fast intake is beside its bare
transaction; how long each step's code takes to load; how fast a quarter's scorecards are made; how fast leads go the whole way, and what one costs in the table. Each
ratio is of two things measured in turn in one run. Writes docs/benchmarks.md.

  --idle N    leads posted one by one, before and after the burst (50)
  --burst N   leads posted at once, over 20 connections (1000)
  --reps N    reps whose quarter is appraised (1000)
  --pure      only what needs no table; writes nothing
`;

const ms = (milliseconds: number): string => `${milliseconds.toFixed(milliseconds < 10 ? 2 : 0)} ms`;

/** What needs no table. */
async function pure(): Promise<Section[]> {
  const decisions = benchDecisions();
  const territories = benchTerritories();
  const calendar = benchCalendar();
  const scoring = await benchScoring();
  const [few, some, many] = decisions.byReps;
  return [
    {
      title: 'Decisions, by themselves, on one core',
      lines: [
        {
          what: `who gets a lead, ${territories.territories} territories, ${many.reps} reps`,
          figure: rate(many.perSecond),
          beside: `${some.reps} reps: ${rate(some.perSecond)}; ${few.reps} reps: ${rate(few.perSecond)}`,
          ratio: many.perSecond / few.perSecond,
        },
        { what: 'the same, with what would flip it for every candidate', figure: rate(decisions.withFlipsPerSecond) },
        {
          what: 'which territory a place is in',
          figure: rate(territories.containingPerSecond),
          beside: `which-polygon: ${rate(territories.whichPolygonPerSecond)}`,
          ratio: territories.containingToWhichPolygon,
        },
        {
          what: 'the same, with buffers and metres to the border',
          figure: rate(territories.locatePerSecond),
          beside: 'which-polygon, which does neither',
          ratio: territories.locateToWhichPolygon,
        },
        {
          what: 'opening the compiled index of the territories',
          figure: ms(territories.openMs),
          beside: `parsing their GeoJSON: ${ms(territories.parseMs)}`,
          ratio: 1 / territories.openToParse,
        },
        {
          what: 'checking all borders for mistakes, and for overlaps',
          figure: `${ms(territories.boundariesMs)} and ${ms(territories.overlapsMs)}`,
        },
        {
          what: 'a deadline four working hours ahead',
          figure: rate(calendar.deadlinesPerSecond),
          beside: `dayjs-business-time: ${rate(calendar.peerPerSecond)}`,
          ratio: calendar.deadlinesPerSecond / calendar.peerPerSecond,
        },
        { what: 'the same by China’s holidays and make-up days', figure: rate(calendar.inChinaPerSecond) },
        {
          what: `a lead’s score by ${scoring.rules} rules, with the reasons`,
          figure: rate(scoring.leadsPerSecond),
          beside: `json-rules-engine: ${rate(scoring.peerPerSecond)}`,
          ratio: scoring.leadsPerSecond / scoring.peerPerSecond,
        },
      ],
    },
  ];
}

async function starts(assembly: string): Promise<Section> {
  return {
    title: 'Start of each step: loading its code in a fresh process',
    lines: (await benchStarts(assembly)).map((each) => ({
      what: each.step,
      figure: `${ms(each.ms)}, ${each.kilobytes} KiB`,
      beside: `the same SDK clients alone: ${ms(each.bareMs)}, ${each.bareKilobytes} KiB`,
      ratio: each.bareMs / each.ms,
    })),
  };
}

async function withTable(assembly: string, dataDir: string): Promise<{ ok: boolean; sections: Section[] }> {
  const intake = await benchIntake(assembly);
  const warm: Section = {
    title: 'Intake, warm',
    lines: [
      {
        what: 'a web form: checked, looked up, stored and announced',
        figure: rate(intake.leadsPerSecond),
        beside: `nothing but the same transaction: ${rate(intake.barePerSecond)}`,
        ratio: intake.ratio,
      },
    ],
  };
  const loaded = await starts(assembly);
  const runtime = await startRuntime({ assembly, dataDir, port: 0 });
  try {
    const { ok, section } = await benchWay(runtime, Number(values.idle ?? 50), Number(values.burst ?? 1000));
    return { ok, sections: [warm, section, loaded] };
  } finally {
    await runtime.close();
  }
}

/** The report as it stands in docs/, with the machine and the day. */
function keep(sections: readonly Section[]): void {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}`;
  const head = `# Benchmarks

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}, on ${machine}. Absolute figures are this machine's; ratios
compare two things measured in turn in one run (more than 1× is faster).`;
  mkdirSync('docs', { recursive: true });
  writeFileSync('docs/benchmarks.md', `${head}\n\n${markdown(sections)}\n`);
}

const { values } = commandLine({
  options: {
    help: { type: 'boolean', short: 'h' },
    pure: { type: 'boolean' },
    idle: { type: 'string' },
    burst: { type: 'string' },
    reps: { type: 'string' },
  },
});
if (values.help) {
  process.stdout.write(HELP);
} else {
  const decisions = await pure();
  process.stdout.write(`${plain(decisions)}\n`);
  if (!values.pure) {
    const dataDir = mkdtempSync(join(tmpdir(), 'leadkeeper-bench-'));
    try {
      const { ok, sections } = await withTable(await synthesize(join(dataDir, 'assembly')), dataDir);
      process.stdout.write(`\n${plain(sections)}\n`);
      const appraisal = await benchAppraisal(Number(values.reps ?? 1000));
      process.stdout.write(`\n${plain([appraisal])}\n`);
      keep([...decisions, ...sections, appraisal]);
      process.exitCode = ok ? 0 : 1;
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  }
}
