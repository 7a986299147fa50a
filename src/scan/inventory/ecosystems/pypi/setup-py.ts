import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { outsideSitePackages } from './names.ts'

const pinned =
  /["']\s{0,5}([A-Za-z0-9][A-Za-z0-9._-]{0,100})(?:\[[\w, .-]{0,100}\])?\s{0,10}={2,3}\s{0,10}([\w.!+-]{1,60})\s{0,10}(?:;[^"'\n]{0,300})?["']/g

/** setup.py: Python code, of which only what is plain text counts: `"NAME==VERSION"`. A version that is computed, or a bound, is none. */
export const setupPy: Extractor = {
  id: 'setup-py',
  revision: 1,
  stage: 'lock',
  patterns: [{ basename: 'setup.py', where: outsideSitePackages }],
  maxBytes: 1024 * 1024,
  parse: file =>
    file
      .text()
      .split('\n')
      .flatMap((line, index): FoundPackage[] =>
        /^\s{0,200}#/.test(line)
          ? []
          : [...line.slice(0, 10_000).matchAll(pinned)].map(([, name, version]) => ({
              name: name!,
              version: version!,
              lines: { start: index + 1, end: index + 1 },
              relationship: 'direct',
            })),
      ),
}
