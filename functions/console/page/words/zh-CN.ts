import type { Words } from './en.ts';
import { appraisal } from './zh-CN/appraisal.ts';
import { frame } from './zh-CN/frame.ts';
import { lead } from './zh-CN/lead.ts';
import { operations } from './zh-CN/operations.ts';
import { sayings } from './zh-CN/sayings.ts';
import { settings } from './zh-CN/settings.ts';
import { team } from './zh-CN/team.ts';

const words: Words['words'] = { ...frame, ...lead, ...team, ...operations, ...settings, ...appraisal };

export default { words, sayings } satisfies Words;
