/**
 * The version that a program was given at link time: `-ldflags "-X main.version=1.2.3"`, cmd/link's `-X importpath.name=value`.
 * Only variables of the program itself count (package `main`, or one below its module), whose name ends in "version" or "ver", with a value that begins
 * like a version. When several disagree, `main` wins; else there is no telling, and the answer is undefined.
 */
export function versionOfLdflags(ldflags: string, modulePath: string): string | undefined {
  const found = new Map<string, string>()
  for (const [name, value] of assignments(ldflags)) {
    const dot = name.lastIndexOf('.')
    const owner = name.slice(0, dot)
    const isOwn = owner === 'main' || owner === modulePath || owner.startsWith(`${modulePath}/`)
    if (isOwn && /ver(?:sion)?$/i.test(name.slice(dot + 1)) && /^v?\d+\.\d/.test(value)) found.set(name, value)
  }
  const ofMain = [...found].filter(([name]) => name.startsWith('main.')).map(([, value]) => value)
  return onlyOne(ofMain) ?? onlyOne([...found.values()])
}

function onlyOne(values: string[]): string | undefined {
  const plain = new Set(values.map(value => value.replace(/^v/, '')))
  return plain.size === 1 ? values[0] : undefined
}

function* assignments(ldflags: string): Generator<[name: string, value: string]> {
  const words = split(ldflags)
  for (const [index, word] of words.entries()) {
    const text = /^--?X$/.test(word)
      ? words[index + 1]
      : /^--?X=/.test(word)
        ? word.slice(word.indexOf('=') + 1)
        : undefined
    const equals = text?.indexOf('=') ?? -1
    if (text !== undefined && equals > 0) yield [text.slice(0, equals), text.slice(equals + 1)]
  }
}

/** Words by blanks; a word may stand in single or double quotes, as cmd/go's quoted.Split has it, wholly or from its `=` on. */
function split(text: string): string[] {
  return [...text.matchAll(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g)].map(([word]) => word.replace(/['"]/g, ''))
}
