import type { Platform } from '../conversion.ts';
import { baidu } from './baidu.ts';
import { googleAds } from './google-ads.ts';
import { meta } from './meta.ts';
import { oceanEngine } from './ocean-engine.ts';
import { tencentAds } from './tencent-ads.ts';
import { tiktok } from './tiktok.ts';

const all = [googleAds, meta, tiktok, oceanEngine, baidu, tencentAds];

/** Every platform that takes conversions back, by its name. */
export const platforms: ReadonlyMap<string, Platform> = new Map(all.map((platform) => [platform.name, platform]));
