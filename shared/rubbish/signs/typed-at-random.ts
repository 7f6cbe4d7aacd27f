import { folded } from '../fold.ts';
import { type Look, when } from '../sign.ts';

/** Rows of the keyboard, there and back. */
const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1234567890', 'qazwsxedcrfvtgb', '1q2w3e4r5t'];
const WALKS = [...ROWS, ...ROWS.map((row) => [...row].reverse().join(''))];
/** Walks along a row that are parts of real names (Werth, Trew, Powell is none). */
const REAL_WALKS = new Set([
  'wert',
  'trew',
  'rew',
  'wer',
  'ert',
  'tre',
  'ret',
  'per',
  'was',
  'sad',
  'lk',
  'uio',
  'oiu',
  'iop',
]);

/** More of a word is not looked at. */
const LONGEST = 40;

/** Letters that several languages write for one sound count as one. */
const ONE_SOUND =
  /sch|tsch|dsch|szcz|sz|cz|rz|dz|zs|cs|[gnlt]y(?![bcdfghjklmnpqrstvwxz])|sh|ch|th|ph|kh|gh|wh|ck|ng|nk|nh|tr|dr|st|ll|nn|mm|ss|tt|rr|pp|ff|dt|tz|ts|ks|gn|mc|mac/g;

/** What an input method makes of the home row (asd, asdf, zxc). As whole names only: Aston's cars are written so too. */
const INPUT_METHOD_WALKS = new Set(
  '阿斯顿 阿斯蒂芬 阿斯达 阿斯顿发 阿斯顿发送到 啊实打实 啊实打实的 撒大声地 大萨达 大大大 是大法官 的说法 水电费 自行车 法国红酒 规划局 去玩儿 去玩儿推 请问 爱的色放'.split(
    ' ',
  ),
);
const INTERJECTIONS = /^[啊阿哈哦噢喔额呃嗯嘿嘻呵呀哎唉嗷哇啦嘎咯嗨]+$/u;

/** The length of the longest walk along a row of the keyboard that begins the word; 0 for none of three keys. */
function walkFrom(word: string): number {
  for (let length = word.length; length >= 3; length -= 1) {
    const part = word.slice(0, length);
    if (!REAL_WALKS.has(part) && WALKS.some((row) => row.includes(part))) return length;
  }
  return 0;
}

/** The word walks along the keyboard: for the most part in one go, or throughout. */
function isWalk(word: string): boolean {
  let [at, longest, covered] = [0, 0, 0];
  while (at < word.length) {
    const length = walkFrom(word.slice(at));
    longest = Math.max(longest, length);
    covered += length;
    at += length || 1;
  }
  return (longest >= 4 && longest / word.length >= 0.6) || (covered === word.length && word.length >= 6);
}

/** The word is one short piece over and over: asdasdasd, xyxyxy. Nana and Lulu are names. */
function isRepeated(word: string): boolean {
  const unit = /^(.{1,4}?)\1+$/u.exec(word)?.[1];
  if (unit === undefined) return false;
  const times = word.length / unit.length;
  if (unit.length === 1) return times >= 3 && unit !== 'i';
  return times >= 3 || (unit.length >= 3 && (!/[aeiouy]/.test(unit) || walkFrom(unit) === unit.length));
}

/** No tongue says this: too many consonants in a row, or hardly a vowel in a long word. */
function isUnspeakable(word: string): boolean {
  const sounds = word.replace(ONE_SOUND, 'k');
  if (/[bcdfghjklmnpqrstvwxz]{5}/.test(sounds)) return true;
  const vowels = sounds.match(/[aeiouy]/g)?.length ?? 0;
  if (word.length >= 5 && vowels === 0) return true;
  if (sounds.length >= 7 && vowels / sounds.length < 0.15) return true;
  // Pairs that no language's names hold, twice.
  const odd = word.match(
    /q(?![aiu]|$)|[jqvx](?=[bcdfgjkpqtvwxz])|[bcdfghkmpstvwz](?=[qx])|(?<=[fhkv])j(?![aeiouy])|w[qxvj]|[gk](?=[jqvx])/g,
  );
  return (odd?.length ?? 0) >= 2;
}

/** Only keys under the resting fingers, and hardly a vowel: fjdksl, lkjasd. Dallas and Salah are names. */
const isHomeRow = (word: string): boolean =>
  word.length >= 6 && /^[asdfghjkl;]+$/.test(word) && (word.match(/a/g)?.length ?? 0) / word.length < 0.25;

/** Capitals in the middle again and again, as robots make them up: BrvLzwQoTnXe. */
const isShuffledCase = (word: string): boolean =>
  word.length >= 8 && !word.includes('-') && (word.match(/\p{Ll}\p{Lu}/gu)?.length ?? 0) >= 3;

function whyLatin(original: string): string | undefined {
  if (isShuffledCase(original)) return 'capitals at random';
  const word = folded(original)
    .replace(/[^\p{L}\d]/gu, '')
    .slice(0, LONGEST);
  if (!/^[a-z\d]+$/.test(word)) return undefined;
  if (/^\d+$/.test(word)) return word.length >= 4 ? 'digits only' : undefined;
  const letters = word.replace(/\d/g, '');
  if (isWalk(word)) return 'keys that lie side by side';
  if (isRepeated(letters)) return 'the same letters over and over';
  if (isHomeRow(letters)) return 'keys under the resting fingers';
  // Short words in capitals are abbreviations.
  if (letters.length <= 5 && original === original.toUpperCase()) return undefined;
  return isUnspeakable(letters) ? 'letters that make no sound' : undefined;
}

function whyHan(text: string): string | undefined {
  if (INPUT_METHOD_WALKS.has(text)) return 'keys that lie side by side';
  if (INTERJECTIONS.test(text)) return 'exclamations';
  return /(\p{Script=Han})\1\1/u.test(text) ? 'the same letters over and over' : undefined;
}

/** Why a name of a person or company looks as if somebody struck keys at random; undefined when it does not. */
export function whyRandom(name: string | undefined): string | undefined {
  const text = (name ?? '').normalize('NFKC').trim();
  if (text === '') return undefined;
  if (/^[\p{P}\p{S}\s]+$/u.test(text) && !/\p{Extended_Pictographic}/u.test(text)) return 'no letters';
  const han = whyHan(text.replace(/[\s\p{P}]+/gu, ''));
  if (han !== undefined) return han;
  const words = text.split(/[\s.,·•'’`()/&+_-]+/u).filter(Boolean);
  if (words.length > 1 && new Set(words).size === 1 && isRepeated(folded(words.join(''))))
    return 'the same letters over and over';
  // Of a name of several words, most must look so: one may be an abbreviation.
  const why = words.flatMap((word) => whyLatin(word) ?? []);
  return why.length * 2 > words.length ? why[0] : undefined;
}

/** Names struck at random: asdf, 啊啊啊, dfkjgh. */
export const typedAtRandom: Look = ({ contact, company }) => {
  const [ofName, ofCompany] = [whyRandom(contact.name), whyRandom(company?.name)];
  return [
    ...when(ofName !== undefined, 'random-name', `the name is typed at random: ${ofName}`),
    ...when(ofCompany !== undefined, 'random-company', `the company’s name is typed at random: ${ofCompany}`),
  ];
};
