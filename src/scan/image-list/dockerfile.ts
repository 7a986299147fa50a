import { interpolate } from './interpolate.ts'
import type { RawImage } from './named-image.ts'

/** BuildKit gives these their values itself. */
const platformArguments = ['BUILDPLATFORM', 'TARGETPLATFORM']

interface Instruction {
  word: string
  rest: string
  line: number
}

/**
 * The images that a Dockerfile builds on (Dockerfile reference): `FROM [--platform=…] IMAGE [AS NAME]`, `COPY --from=IMAGE`, `RUN --mount=…,from=IMAGE`.
 * Stages of the file itself and `scratch` are none. Variables of FROM are the `ARG`s before the first FROM, filled in with their defaults.
 */
export function imagesOfDockerfile(text: string): { images: RawImage[]; variables: Map<string, string> } {
  const variables = new Map<string, string>()
  const stages = new Set<string>()
  const images: RawImage[] = []
  let begun = false
  const add = (name: string, line: number, platform?: string): void => {
    const plain = interpolate(name, variables).text.toLowerCase()
    if (plain === 'scratch' || stages.has(plain) || /^\d+$/.test(plain)) return
    images.push({ text: name, line, ...(platform && { platform }) })
  }
  for (const { word, rest, line } of instructionsOf(text)) {
    if (word === 'ARG' && !begun) {
      for (const [name, value] of argumentsOf(rest)) variables.set(name, interpolate(value, variables).text)
    } else if (word === 'FROM') {
      begun = true
      const from = /^((?:--\S+\s+)*)(\S+)(?:\s+AS\s+(\S+))?/i.exec(rest)
      if (!from) continue
      add(from[2]!, line, platformOf(from[1]!))
      if (from[3]) stages.add(from[3].toLowerCase())
    } else if (word === 'COPY' || word === 'ADD') {
      const from = /(?:^|\s)--from=(\S+)/.exec(rest.slice(0, 4096))?.[1]
      if (from) add(from, line)
    } else if (word === 'RUN') {
      for (const [, mount] of rest.slice(0, 16_384).matchAll(/(?:^|\s)--mount=(\S+)/g)) {
        const from = mount!.split(',').find(part => part.startsWith('from='))
        if (from) add(from.slice(5), line)
      }
    }
  }
  return { images, variables }
}

function platformOf(flags: string): string | undefined {
  const platform = /--platform=(\S+)/.exec(flags)?.[1]
  const isBuilders = platformArguments.some(name => platform?.includes(name))
  return platform === undefined || isBuilders || platform.includes('$') ? undefined : platform
}

function argumentsOf(rest: string): [name: string, value: string][] {
  return [...rest.slice(0, 16_384).matchAll(/([A-Za-z_]\w*)=("[^"]*"|'[^']*'|\S*)/g)].map(([, name, value]) => [
    name!,
    value!.replace(/^(["'])(.*)\1$/, '$2'),
  ])
}

/** Instructions with their continuation lines; comments, and the bodies of here-documents, are none. */
function* instructionsOf(text: string): Generator<Instruction> {
  const lines = text.split(/\r?\n/)
  const mark = /^#\s{0,20}escape\s{0,20}=\s{0,20}`/im.test(lines.slice(0, 3).join('\n')) ? '`' : '\\'
  for (let index = 0; index < lines.length; index++) {
    const line = index + 1
    const parts: string[] = []
    for (;;) {
      const current = lines[index]!
      const isComment = /^\s*#/.test(current)
      const goesOn = !isComment && current.trimEnd().endsWith(mark)
      if (!isComment) parts.push(goesOn ? current.trimEnd().slice(0, -1) : current)
      // Comments and empty lines inside an instruction do not end it.
      const inside = parts.length > 0 && (goesOn || (isComment && parts.length > 1))
      if (!inside || index + 1 >= lines.length) break
      index++
    }
    const found = /^\s*([A-Za-z]+)\s+(.*)$/s.exec(parts.join(' '))
    if (!found) continue
    yield { word: found[1]!.toUpperCase(), rest: found[2]!.trim(), line }
    index = behindHereDocuments(lines, index, found[2]!)
  }
}

function behindHereDocuments(lines: string[], index: number, rest: string): number {
  let at = index
  for (const [, , end] of rest.slice(0, 4096).matchAll(/<<-?(["']?)([A-Za-z_]\w*)\1/g)) {
    const found = lines.findIndex((line, number) => number > at && line.replace(/^\t+/, '') === end)
    if (found > 0) at = found
  }
  return at
}
