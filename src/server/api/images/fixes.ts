import { severityName } from '../../judge/scales.ts'
import type { Fix } from '../../schemas/images.ts'

interface Fixable {
  name: string
  package: string
  purl: string
  installed: string
  fixed: string
  severity: number
  score: number
  path: string
}

const most = 50

/** Per package the one upgrade that removes all of its flaws that have a fix, those first that matter most. */
export function fixesOf(rows: readonly Fixable[], os: string): Fix[] {
  const groups = Map.groupBy(rows, row => `${row.purl.slice(0, row.purl.indexOf('/'))} ${row.package} ${row.installed}`)
  return [...groups.values()]
    .map(group => ({ fix: fixOf(group, os), score: Math.max(...group.map(row => row.score)) }))
    .sort((a, b) => b.score - a.score || b.fix.removes - a.fix.removes)
    .slice(0, most)
    .map(one => one.fix)
}

function fixOf(group: readonly Fixable[], os: string): Fix {
  const first = group[0]!
  const to = highest(group.map(row => row.fixed))
  return {
    package: first.package,
    from: first.installed,
    to,
    removes: new Set(group.map(row => row.name)).size,
    worst: severityName(Math.min(...group.map(row => row.severity))),
    diff: diffOf(first, to, os),
  }
}

const byNumber = new Intl.Collator('en', { numeric: true })

/** The version that holds all fixes: the highest one, by numbers; of lists (`4.2.2, 5.0.1`) each part. */
function highest(versions: readonly string[]): string {
  return [...versions].sort((a, b) => byNumber.compare(a, b)).at(-1)!
}

/** What to write into the Dockerfile, or the command of the package manager. */
function diffOf({ package: name, installed, purl, path }: Fixable, to: string, os: string): string {
  const type = /^pkg:([a-z]+)/.exec(purl)?.[1]
  const add = (line: string) => `--- Dockerfile\n+++ Dockerfile\n+${line}`
  const swap = (file: string, before: string, after: string) => `--- ${file}\n+++ ${file}\n-${before}\n+${after}`
  if (type === 'deb')
    return add(`RUN apt-get update && apt-get install -y --only-upgrade ${name}=${to} && rm -rf /var/lib/apt/lists/*`)
  if (type === 'apk') return add(`RUN apk add --no-cache '${name}>=${to}'`)
  if (type === 'rpm')
    return add(
      os.startsWith('suse') || os.startsWith('opensuse')
        ? `RUN zypper -n up ${name}`
        : `RUN dnf -y upgrade ${name}-${to}`,
    )
  if (type === 'npm') return swap('package.json', `  "${name}": "${installed}"`, `  "${name}": "${to}"`)
  if (type === 'pypi') return swap('requirements.txt', `${name}==${installed}`, `${name}==${to}`)
  if (type === 'gem') return swap('Gemfile', `gem "${name}", "${installed}"`, `gem "${name}", "${to}"`)
  if (type === 'golang')
    return name === 'stdlib' ? `Go ${installed} → ${to}` : swap('go.mod', `${name} ${installed}`, `${name} ${to}`)
  if (type === 'cargo') return swap('Cargo.toml', `${name} = "${installed}"`, `${name} = "${to}"`)
  if (type === 'maven')
    return swap(
      'pom.xml',
      `<version>${installed}</version> <!-- ${name} -->`,
      `<version>${to}</version> <!-- ${name} -->`,
    )
  return swap(path || 'lock file', `${name} ${installed}`, `${name} ${to}`)
}
