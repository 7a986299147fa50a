import { parseJsonObject, stringAt } from '../../../../base/json.ts'
import type { Extractor } from '../../../../base/model/ecosystem.ts'
import { splitDistribution } from './distribution.ts'

/** What cpanm leaves of an installed distribution: `…/.meta/Try-Tiny-0.31/install.json` with `dist`, `version`, `name` (the main module). */
export const perlInstalled: Extractor = {
  id: 'perl-pkg',
  revision: 1,
  stage: 'installed',
  patterns: [{ basename: 'install.json', where: ({ path }) => /\/\.meta\/[^/]+\/install\.json$/.test(path) }],
  maxBytes: 4 * 1024 * 1024,
  parse: file => {
    const split = splitDistribution(stringAt(parseJsonObject(file.text()), 'dist') ?? file.path.split('/').at(-2) ?? '')
    return split ? [split] : undefined
  },
}
