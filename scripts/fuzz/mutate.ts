import fc from 'fast-check';

/** A change of a JSON document at one of its places. */
type Change = { where: number; how: 'replace' | 'remove' | 'wrap' | 'repeat'; by: unknown };

const awkward: unknown[] = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '__proto__',
  'constructor',
  'a'.repeat(5000),
  '1e999',
  '13800138000',
  '+8613800138000',
  'a@b.co',
  '😀'.repeat(50),
  `a${'😀'.repeat(600)}`,
  '‮',
  -1,
  1e308,
  2 ** 53,
  0.1,
  null,
  true,
  [],
  {},
  [[[[[[]]]]]],
  { __proto__: 1 },
  { constructor: { prototype: 1 } },
];

const changes: fc.Arbitrary<Change> = fc.record({
  where: fc.nat(),
  how: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'wrap', 'repeat'),
  by: fc.oneof(fc.constantFrom(...awkward), fc.jsonValue({ maxDepth: 3 }), fc.string({ unit: 'grapheme' })),
});

type Holder = Record<string | number, unknown>;

/** Every place of a document: what holds it, and under which name. */
function placesOf(document: Holder): [holder: Holder, name: string | number][] {
  const places: [Holder, string | number][] = [];
  const look = (holder: Holder): void => {
    for (const name of Object.keys(holder)) {
      places.push([holder, name]);
      const inner = holder[name];
      if (typeof inner === 'object' && inner !== null) look(inner as Holder);
    }
  };
  look(document);
  return places;
}

function changed(document: unknown, { where, how, by }: Change): unknown {
  const root: Holder = { document: structuredClone(document) };
  const places = placesOf(root);
  const [holder, name] = places[where % places.length] ?? [root, 'document'];
  const inner = holder[name];
  if (how === 'remove' && Array.isArray(holder)) holder.splice(Number(name), 1);
  else if (how === 'remove') delete holder[name];
  else if (how === 'wrap') holder[name] = [inner];
  else if (how === 'repeat')
    holder[name] = Array.isArray(inner) ? [...inner, ...inner] : `${String(inner)}${String(inner)}`;
  else holder[name] = by;
  return root.document;
}

/** Some bytes that are other bytes, missing, or more. */
const spoiled = (text: fc.Arbitrary<string>): fc.Arbitrary<Buffer> =>
  fc
    .tuple(
      text,
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 5 }),
      fc.oneof(fc.constant(null), fc.constant(null), fc.nat()),
    )
    .map(([whole, bytes, cut]) => {
      const spoilt = Buffer.from(whole);
      for (const [where, byte] of bytes) if (spoilt.length > 0) spoilt[where % spoilt.length] = byte;
      return cut === null ? spoilt : spoilt.subarray(0, cut % (spoilt.length + 1));
    });

/** JSON documents near to these: some places changed; now and then also some bytes. */
export const nearTo = (documents: readonly unknown[]): fc.Arbitrary<Buffer> => {
  const text = fc
    .tuple(fc.constantFrom(...documents), fc.array(changes, { maxLength: 3 }))
    .map(([document, all]) => JSON.stringify(all.reduce(changed, document)) ?? 'null');
  return fc.oneof(
    { arbitrary: text.map((whole) => Buffer.from(whole)), weight: 4 },
    { arbitrary: spoiled(text), weight: 1 },
  );
};

/** Texts near to these, by their bytes. */
export const nearToText = (texts: readonly string[]): fc.Arbitrary<Buffer> => spoiled(fc.constantFrom(...texts));

/** Bytes of any kind, and JSON of any shape. */
export const anything: fc.Arbitrary<Buffer> = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc.json({ maxDepth: 5 }).map((text) => Buffer.from(text)),
  fc.string({ unit: 'binary', maxLength: 200 }).map((text) => Buffer.from(text)),
);
