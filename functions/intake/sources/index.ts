import { baidu } from './baidu.ts';
import { googleAds } from './google-ads.ts';
import { hubspot } from './hubspot.ts';
import { importFile } from './import.ts';
import { linkedin } from './linkedin.ts';
import { meta } from './meta.ts';
import { oceanEngine } from './ocean-engine.ts';
import type { Source } from './source.ts';
import { standard } from './standard.ts';
import { tencentAds } from './tencent-ads.ts';
import { tiktok } from './tiktok.ts';
import { web } from './web.ts';

const all = [
  web,
  googleAds,
  meta,
  linkedin,
  tiktok,
  oceanEngine,
  baidu,
  tencentAds,
  hubspot,
  standard,
  importFile,
] as const;

/** Every source, by its name in the address. */
export const sources: ReadonlyMap<string, Source> = new Map(all.map((source) => [source.name, source]));
