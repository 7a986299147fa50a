/** A Maven artifact, as far as it is known: `''` for what is not. */
export interface Coordinates {
  group: string
  artifact: string
  version: string
}

/** `group:artifact`, or the artifact alone. */
export const nameOf = ({ group, artifact }: Pick<Coordinates, 'group' | 'artifact'>) =>
  group === '' ? artifact : `${group}:${artifact}`

const classifiers =
  /-(?:sources|javadoc|tests|test-sources|all|shaded|exec|indy|plain|fat|uber|(?:jar-)?with-dependencies|standalone|jdk\d+|no_?aop|(?:linux|osx|macos|windows|win|natives|android)(?:[-_][\w-]*)?)$/
/** What belongs to the name though it has a number: the Scala version (`kafka_2.13-3.4.0`, `x_3-1.0`), and that of a specification (`jta_1.1_spec-1.1.1`). */
const nameEnd = /_(?:2\.\d{1,2}(?:\.\d{1,2})?|3|[\w.]{1,20}_spec)-(?=\d)/g
const qualifier =
  /^(?:\d+|(?:snapshot|release|final|ga|alpha|beta|milestone|rc|cr|m|sp|b|v|r|p|build|jre|jdk|java|android|incubating|redhat|hotfix|patch|preview|ea|pre|dev|jbossorg|atlassian|scala)[-_.]?\d*|\d*[a-z]{0,3}\d+)$/i

/**
 * What a file's name tells: `commons-text-1.8.jar` → commons-text 1.8. The version begins at a hyphen before a digit, the first from which on every
 * part reads like a version: `log4j-1.2-api-2.17.1` → log4j-1.2-api 2.17.1, `x-1.0-20210101.123456-1` → x 1.0-20210101.123456-1.
 */
export function coordinatesOfFileName(path: string): Coordinates {
  const stem = path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/\.[A-Za-z]+$/, '')
    .replace(classifiers, '')
  const named = [...stem.matchAll(nameEnd)].at(-1)
  if (named !== undefined && named.index > 0) {
    const start = named.index + named[0].length
    return { group: '', artifact: stem.slice(0, start - 1), version: stem.slice(start) }
  }
  const starts = [...stem.matchAll(/[-_]v?(?=\d)/g)].filter(match => match.index > 0)
  const start = starts.find(match => isVersion(stem.slice(match.index + match[0].length))) ?? starts.at(-1)
  if (start === undefined) return { group: '', artifact: stem, version: '' }
  return { group: '', artifact: stem.slice(0, start.index), version: stem.slice(start.index + 1) }
}

function isVersion(text: string): boolean {
  const [number = '', ...rest] = text.split(/[-+]/)
  return (
    /^\d+(?:[._][A-Za-z0-9]+)*_?$/.test(number) &&
    rest.every(part => part.split('.').every(piece => qualifier.test(piece)))
  )
}

/**
 * What an archive's place tells in a repository of Maven's layout (`repository/GROUP/AS/FOLDERS/ARTIFACT/VERSION/ARTIFACT-VERSION.jar`) and in Gradle's
 * cache (`files-2.1/GROUP/ARTIFACT/VERSION/HASH/ARTIFACT-VERSION.jar`).
 */
export function coordinatesOfPlace(path: string): Coordinates | undefined {
  const parts = path.split('/')
  const file = parts.pop() ?? ''
  const cache = parts.lastIndexOf('files-2.1')
  const [group, artifact, version] =
    cache >= 0
      ? parts.slice(cache + 1)
      : [parts.slice(repositoryEnd(parts), -2).join('.'), parts.at(-2) ?? '', parts.at(-1) ?? '']
  if (!group || !artifact || !version || !file.startsWith(`${artifact}-${version}`)) return undefined
  return { group, artifact, version }
}

/** Where a group begins. Without a folder of that name nothing tells. */
function repositoryEnd(parts: string[]): number {
  const at = parts.findLastIndex(part => /^(?:repository|maven2|maven-repo|m2repo|local-maven-repo)$/.test(part))
  return at < 0 || at > parts.length - 4 ? parts.length : at + 1
}
