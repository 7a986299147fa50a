import { parse as parseYaml } from 'yaml'
import type { Feed } from '../feed.ts'
import { fields } from '../fields.ts'
import { parseSecdb } from './secdb.ts'

/** Images of releases without support are still run: their lists stay where they are. */
const branches = [...Array.from({ length: 15 }, (_, at) => `v3.${at + 10}`), 'edge']

/** Alpine's secdb, JSON or (as it is kept in git) YAML, and those who took its form: Wolfi, Chainguard, MinimOS. */
export const alpine: Feed = {
  id: 'alpine',
  title: { en: 'Alpine secdb (also Wolfi, Chainguard, MinimOS)', ko: '알파인 secdb (Wolfi, Chainguard, MinimOS 포함)' },
  licence: 'none stated',
  homepage: 'https://secdb.alpinelinux.org',
  downloads: branches.flatMap(branch =>
    ['main', 'community'].map(repository => ({
      urls: [`https://secdb.alpinelinux.org/${branch}/${repository}.json`],
      file: `alpine-${branch}-${repository}.json`,
    })),
  ),
  detect: file => {
    const document = fields(file.json())
    if ('packages' in document) return 'apkurl' in document || 'urlprefix' in document || 'reponame' in document
    return /^packages:/m.test(file.head) && /^(?:apkurl|urlprefix|reponame):/m.test(file.head)
  },
  parse: file => parseSecdb(fields(file.json() ?? parseYaml(file.text(), { maxAliasCount: 100 })), file.path),
}
