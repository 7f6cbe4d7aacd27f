import { divisionsNamed } from './divisions.ts';
import { type Division, divisionOfCode } from './gazetteer.ts';

/** The division that goes by this code or name (and nothing more), if it is only one. */
export function divisionCalled(name: string): Division | undefined {
  const text = name.trim();
  if (/^\d+$/.test(text)) return divisionOfCode(text);
  const [division, ...others] = divisionsNamed(text);
  return others.length === 0 ? division : undefined;
}
