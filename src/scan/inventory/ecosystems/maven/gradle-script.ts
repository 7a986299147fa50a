import { foundList } from '../../../../base/found.ts'
import type { FoundPackage } from '../../../../base/model/ecosystem.ts'
import { isBuildOnly, singleVersion } from './gradle-files.ts'

/** What a build script says in plain text. */
export interface GradleScript {
  declared: { configuration: string; group: string; artifact: string; version: string; line: number }[]
  /** Values by name, as `ext`, `def`, `val` and gradle.properties give them. */
  values: [name: string, value: string][]
}

const maxDeclared = 20_000
/** `implementation 'g:a:v', 'g:b:v'`, `api("g:a:v")`, `implementation(platform("g:a:v"))`, `classpath "g:a:$v"`. */
const short =
  /(?:\b([a-z]\w{1,60})[ \t]{0,10}\(?|,)\s{0,40}(?:(?:enforcedPlatform|platform|testFixtures)[ \t]{0,10}\(?[ \t]{0,10})?["']([\w.-]{1,200}):([\w.-]{1,200}):([^"':@\n]{1,200})(?:[:@][^"'\n]{0,100})?["']/g
/** `implementation group: 'g', name: 'a', version: 'v'`; Kotlin has `=` for `:`. */
const long =
  /\b([a-z]\w{1,60})[ \t]{0,10}\(?\s{0,20}group\s{0,5}[:=]\s{0,5}["']([\w.-]{1,200})["']\s{0,5},\s{0,20}name\s{0,5}[:=]\s{0,5}["']([\w.-]{1,200})["']\s{0,5},\s{0,20}version\s{0,5}[:=]\s{0,5}(?:["']([^"'\n]{1,200})["']|([A-Za-z_][\w.]{0,100}))/g
const assigned =
  /(?:^|[\s.(,[])([A-Za-z_]\w{0,100})(?:[ \t]{0,10}:[ \t]{0,10}String)?[ \t]{0,10}[=:][ \t]{0,10}["']([\w.+-]{1,100})["']/gm
const extra =
  /\b(?:extra|ext)(?:\[|\.set\()["']([\w.-]{1,100})["'](?:\][ \t]{0,10}=|,)[ \t]{0,10}["']([\w.+-]{1,100})["']/g

/** build.gradle and build.gradle.kts: programs, of which only what is plain text counts ("Declaring dependencies", its notations). */
export function parseBuildScript(text: string): GradleScript {
  const plain = withoutComments(text)
  const declared: GradleScript['declared'] = []
  let line = 1
  let at = 0
  let configuration = ''
  const matches = [...plain.matchAll(short), ...plain.matchAll(long)].sort((a, b) => a.index - b.index)
  for (const match of matches.slice(0, maxDeclared)) {
    const [, word, group = '', artifact = '', version = '', variable] = match
    for (; at < match.index; at++) if (plain.charCodeAt(at) === 10) line++
    configuration = word ?? configuration
    if (!isDeclaration(configuration)) continue
    declared.push({
      configuration,
      group,
      artifact,
      version: variable === undefined ? version : `$\{${variable}}`,
      line,
    })
  }
  const values = [...plain.matchAll(assigned), ...plain.matchAll(extra)]
  return { declared, values: values.slice(0, maxDeclared).map(([, name = '', value = '']) => [name, value]) }
}

/** The declared ones as packages, `$name` and `${name}` filled in from values; what keeps one has no version that could be told. */
export function resolveDeclared({ declared }: GradleScript, values: ReadonlyMap<string, string>): FoundPackage[] {
  const found = foundList()
  for (const { configuration, group, artifact, version: written, line } of declared) {
    const filled = written.replace(/\$\{?([\w.]{1,100})\}?/g, (whole, name: string) => {
      return values.get(name) ?? values.get(name.slice(name.lastIndexOf('.') + 1)) ?? whole
    })
    const version = singleVersion(filled.split('!!')[0] ?? '')
    if (!/^[\w.+-]+$/.test(version)) continue
    found.add({
      name: `${group}:${artifact}`,
      version,
      licenses: [],
      relationship: 'direct',
      lines: { start: line, end: line },
      ...((configuration === 'classpath' || isBuildOnly(configuration)) && { development: true }),
      ...(written !== version && { extra: { requirement: written } }),
    })
  }
  return found.all()
}

/** What takes such a text and is no declaration: rules that exclude, replace or print. */
const isDeclaration = (word: string) =>
  word !== '' && !/^(?:exclude|force|because|println|print|id|uri|url|module|substitute|using|with)$/.test(word)

/** Comments become blanks; line ends stay. Texts in quotes are passed over: addresses have two slashes. */
function withoutComments(text: string): string {
  return text.replace(
    /"(?:[^"\\\n]|\\.){0,4096}"|'(?:[^'\\\n]|\\.){0,4096}'|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g,
    whole => (whole.startsWith('/') ? whole.replace(/[^\n]/g, ' ') : whole),
  )
}
