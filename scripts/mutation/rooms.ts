import { globSync } from 'node:fs';

/** Stores are tried on a table; lists of facts and words hold no decision. */
const left = [
  /(^|\/)store\.ts$/,
  /\/(defaults|divisions-of-china|postcodes|holidays-of-china|countries)\.ts$/,
  /\/(lexicon|languages)\//,
];

/** Rooms within rooms that are large enough to be tried by themselves. */
const innerRooms = ['scoring/model'];

/**
 * What runs a million times when a model is trained is a room of its own, tried by the tests of numbers alone: each change in it would
 * cost minutes of training.
 */
const NUMBERS = 'scoring/model/numbers';
const numbers = ['fit', 'matrix', 'penalty'].map((name) => `shared/scoring/model/${name}.ts`);

/** The tests of a room (a pattern of Node's `glob`), and those among them that are another room's. */
export const testsOf = (room: string): { include: string; exclude: string[] } =>
  room === NUMBERS
    ? { include: `test/shared/${NUMBERS}.test.ts`, exclude: [] }
    : {
        include: `test/shared/${room}/**/*.test.ts`,
        exclude: innerRooms.filter((inner) => inner !== room).map((inner) => `test/shared/${inner}/**`),
      };

/** The room of a file, such as `shared/sla/rules.ts`. */
const roomOf = (file: string): string =>
  (numbers.includes(file) ? NUMBERS : undefined) ??
  innerRooms.find((room) => file.startsWith(`shared/${room}/`)) ??
  file.split('/')[1] ??
  '';

/** What is pure of the room that wraps functions. */
const platform = ['csv', 'networks', 'problem', 'random'].map((name) => `shared/platform/${name}.ts`);

/** The rooms under `shared/` in which decisions are made, each with the files to be changed. Room names are folders below it. */
export function pureRooms(): Map<string, string[]> {
  const rooms = new Map<string, string[]>();
  for (const path of globSync('shared/**/*.ts').sort()) {
    const file = path.replaceAll('\\', '/');
    const room = roomOf(file);
    if (room === 'platform' ? !platform.includes(file) : left.some((pattern) => pattern.test(file))) continue;
    if (globSync(testsOf(room).include).length === 0) continue;
    rooms.set(room, [...(rooms.get(room) ?? []), file]);
  }
  return rooms;
}
