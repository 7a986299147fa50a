import type { ChildProcess } from 'node:child_process'
import { JennerError } from '../../base/errors.ts'
import { killGroup, startGit } from './run-git.ts'

/** Reads objects of a repository by their names, many at a time. */
export interface ObjectReader {
  /** Kind and size of each, in order; undefined for what is not there. */
  sizes(names: readonly string[]): Promise<({ type: string; size: number } | undefined)[]>
  /** Each object's bytes, in order. Throws git_failed where one is damaged: the reader is to be closed then. */
  contents(names: readonly string[]): AsyncGenerator<Buffer | undefined>
  close(): void
}

/** Two long-lived `git cat-file`: one tells sizes, one gives bytes. */
export function openObjects(folder: string, signal?: AbortSignal): ObjectReader {
  const start = (mode: string): Conversation =>
    converse(startGit(['cat-file', mode], { cwd: folder, ...(signal && { signal }) }))
  let check: Conversation | undefined
  let batch: Conversation | undefined
  return {
    async sizes(names) {
      check ??= start('--batch-check')
      check.say(names)
      const answers: ({ type: string; size: number } | undefined)[] = []
      for (const name of names) answers.push(parseHead(await check.line(), name))
      return answers
    },
    async *contents(names) {
      batch ??= start('--batch')
      batch.say(names)
      for (const name of names) {
        const head = parseHead(await batch.line(), name)
        if (head === undefined) {
          yield undefined
          continue
        }
        const bytes = await batch.bytes(head.size + 1)
        yield bytes.subarray(0, head.size)
      }
    },
    close() {
      check?.end()
      batch?.end()
    },
  }
}

/** `NAME SP TYPE SP SIZE`, or `NAME SP missing`. git-cat-file(1), "BATCH OUTPUT". */
function parseHead(line: string, name: string): { type: string; size: number } | undefined {
  const parts = /^([0-9a-f]{40,64}) (\w+) (\d{1,15})$/.exec(line)
  if (parts === null && / (?:missing|ambiguous)$/.test(line)) return undefined
  if (parts?.[1] !== name) throw new JennerError('git_failed', `cat-file: ${line.slice(0, 200)}`)
  return { type: parts[2]!, size: Number(parts[3]) }
}

interface Conversation {
  say(lines: readonly string[]): void
  line(): Promise<string>
  bytes(length: number): Promise<Buffer>
  end(): void
}

const maxLine = 8192

function converse(child: ChildProcess): Conversation {
  const pieces = (child.stdout as AsyncIterable<Buffer> & NodeJS.ReadableStream)[Symbol.asyncIterator]()
  let held: Buffer = Buffer.alloc(0)
  child.stdin!.on('error', () => {})
  child.stderr!.resume()
  child.on('error', () => {})
  const more = async (): Promise<Buffer> => {
    const { value, done } = await pieces.next()
    if (done) throw new JennerError('git_failed', 'cat-file: an object is damaged')
    return value as Buffer
  }
  return {
    say: lines => void child.stdin!.write(`${lines.join('\n')}\n`),
    async line() {
      for (;;) {
        const end = held.indexOf(10)
        if (end >= 0) {
          const line = held.toString('utf8', 0, end)
          held = held.subarray(end + 1)
          return line
        }
        if (held.length > maxLine) throw new JennerError('git_failed', 'cat-file: a line without end')
        held = Buffer.concat([held, await more()])
      }
    },
    async bytes(length) {
      if (held.length >= length) {
        const bytes = held.subarray(0, length)
        held = held.subarray(length)
        return bytes
      }
      const parts = [held]
      let size = held.length
      while (size < length) {
        const piece = await more()
        parts.push(piece)
        size += piece.length
      }
      const all = Buffer.concat(parts)
      held = all.subarray(length)
      return all.subarray(0, length)
    },
    end: () => killGroup(child),
  }
}
