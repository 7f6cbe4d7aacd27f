import { existsSync } from 'node:fs';

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A Chromium of this machine: the one named by `CHROMIUM`, or where Debian and others put it; undefined when there is none. */
export const chromiumHere = (): string | undefined => process.env.CHROMIUM ?? usual.find((path) => existsSync(path));
