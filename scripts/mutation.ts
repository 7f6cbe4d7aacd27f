import { readFileSync, writeFileSync } from 'node:fs';
import { commandLine } from './command-line.ts';
import { pureRooms } from './mutation/rooms.ts';
import { page, read, table } from './mutation/table.ts';
import { type RoomResult, score, tryRoom } from './mutation/try-room.ts';

const HELP = `npm run mutation: changes the pure rooms in small ways, one after the other, and asks each room's tests whether they notice.

  --room NAME   only shared/NAME, such as sla; may be given more than once (all)
  --floor N     the least share of changes, in per cent, that each room must notice (85)
  --again       tries only what its last run on this machine does not tell: changes in files or by tests that are new since
  --quiet       does not print the changes that no test noticed

Prints each change that no test noticed, and a table by room; exits non-zero if a room is below the floor. Writes
each room's last result to docs/mutation.md.
`;

const { values } = commandLine({
  options: {
    room: { type: 'string', multiple: true },
    floor: { type: 'string', default: '85' },
    again: { type: 'boolean', default: false },
    quiet: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h' },
  },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const rooms = pureRooms();
const unknown = (values.room ?? []).find((room) => !rooms.has(room));
if (unknown !== undefined) {
  process.stderr.write(`no pure room shared/${unknown}; there are: ${[...rooms.keys()].join(', ')}\n`);
  process.exit(2);
}

const results: RoomResult[] = [];
for (const [room, files] of rooms) {
  if (values.room && !values.room.includes(room)) continue;
  const result = tryRoom(room, files, values.again);
  results.push(result);
  if (!values.quiet)
    for (const { file, line, mutator, replacement, wasRun } of result.survivors)
      process.stdout.write(`${file}:${line} ${wasRun ? '' : 'never run, '}${mutator}: ${replacement}\n`);
  process.stderr.write(`${room}: ${score(result).toFixed(1)} %\n`);
}

process.stdout.write(`\n${table(results)}\n`);
// A room's row is that of its last run, wherever that was, so that they may be run one by one.
const before = read(readFileSync('docs/mutation.md', 'utf8'));
const known = [...rooms.keys()].flatMap((room) => [...results, ...before].find((row) => row.room === room) ?? []);
const untried = [...rooms.keys()].filter((room) => !known.some((row) => row.room === room));
writeFileSync('docs/mutation.md', page(known, untried, Number(values.floor)));
const below = results.filter((result) => score(result) < Number(values.floor));
if (below.length > 0) {
  process.stderr.write(`below ${values.floor} %: ${below.map(({ room }) => room).join(', ')}\n`);
  process.exitCode = 1;
}
