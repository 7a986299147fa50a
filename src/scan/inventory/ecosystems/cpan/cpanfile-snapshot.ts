import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { splitDistribution } from './distribution.ts'

/**
 * cpanfile.snapshot of Carton:
 *
 *     # carton snapshot format: version 1.0
 *     DISTRIBUTIONS
 *       Try-Tiny-0.31
 *         pathname: E/ET/ETHER/Try-Tiny-0.31.tar.gz
 *         provides:
 *           Try::Tiny 0.31
 *         requirements:
 *           Carp 0
 */
export const cpanfileSnapshot: Extractor = {
  id: 'cpanfile-snapshot',
  revision: 1,
  stage: 'lock',
  patterns: [{ basename: 'cpanfile.snapshot' }],
  maxBytes: 16 * 1024 * 1024,
  parse: file => {
    const found: FoundPackage[] = []
    for (const [index, line] of file.text().split('\n').entries()) {
      const entry = /^ {2}(\S{1,512})\s*$/.exec(line)
      const split = entry ? splitDistribution(entry[1]!) : undefined
      if (split) found.push({ ...split, lines: { start: index + 1, end: index + 1 } })
    }
    return found
  },
}
