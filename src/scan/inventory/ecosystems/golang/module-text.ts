/** One module of a build: what was asked for, and what stood in for it. */
export interface Module {
  path: string
  version: string
  sum?: string
  replacedBy?: { path: string; version: string; sum?: string }
}

/** runtime/debug.BuildInfo as `go version -m` prints it. */
export interface ModuleText {
  /** Import path of the main package. */
  path?: string
  main?: Module
  deps: Module[]
  /** `GOOS`, `vcs.revision`, `-ldflags` … */
  settings: Map<string, string>
}

const maxModules = 100_000

/**
 * Reads the text that Go's runtime/debug.ParseBuildInfo defines, a line a fact, fields by tabs:
 *
 *     path PATH | mod PATH VERSION [SUM] | dep PATH VERSION [SUM] | => PATH VERSION [SUM] | build KEY=VALUE
 *
 * `=>` replaces the module of the line before. Keys and values with blanks or quotes are Go string literals. Lines of other kinds are passed over.
 */
export function parseModuleText(text: string): ModuleText {
  const info: ModuleText = { deps: [], settings: new Map() }
  let last: Module | undefined
  for (const line of text.split('\n')) {
    const [kind, ...fields] = line.split('\t')
    if (kind === 'path') info.path = fields[0]
    else if (kind === 'mod') {
      last = moduleOf(fields)
      info.main = last
    } else if (kind === 'dep' && info.deps.length < maxModules) {
      last = moduleOf(fields)
      info.deps.push(last)
    } else if (kind === '=>' && last !== undefined) last.replacedBy = moduleOf(fields)
    else if (kind === 'build') addSetting(info.settings, fields.join('\t'))
  }
  return info
}

function moduleOf([path = '', version = '', sum]: string[]): Module {
  return { path, version, ...(sum ? { sum } : {}) }
}

function addSetting(settings: Map<string, string>, text: string): void {
  const quoted = /^("(?:[^"\\]|\\.)*"|`[^`]*`)=/.exec(text)
  const end = quoted ? quoted[1]!.length : text.indexOf('=')
  if (end < 1) return
  settings.set(unquote(text.slice(0, end)), unquote(text.slice(end + 1)))
}

/** A Go string literal's value, or the text itself where it is none. JSON's escapes are those that Go writes here. */
function unquote(text: string): string {
  if (text.length >= 2 && text.startsWith('`') && text.endsWith('`')) return text.slice(1, -1)
  if (!text.startsWith('"')) return text
  try {
    return String(JSON.parse(text))
  } catch {
    return text.slice(1, text.endsWith('"') && text.length > 1 ? -1 : undefined)
  }
}
