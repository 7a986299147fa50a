import { createHash } from 'node:crypto'
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { open } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { EvidenceAnswer, EvidenceOffer } from '../server/schemas/evidence.ts'
import { type Api, statusOf } from './api.ts'

/** A file of evidence that the server has not got yet. */
export interface Upload extends Omit<EvidenceOffer, 'hostId' | 'name' | 'size' | 'sha256'> {
  file: string
  /** Of the file as it was first read; '' before that. */
  sha256: string
}

export interface UploadsOptions {
  api: Api
  hostId: string
  /** Where notes of what must be handed over stand, a file each. */
  folder: string
  say(line: string): void
  /** Bytes sent at once. Default 4 MiB. */
  piece?: number
  /** ms until the next try: doubles from this to a minute. Default 1,000. */
  patience?: number
}

/** Hands evidence over to the server, piece by piece, however often either of them is started anew. */
export interface Uploads {
  /** On disk when this returns. */
  add(upload: Omit<Upload, 'sha256'>): void
  waiting(): number
  stop(): void
}

const longest = 60_000
/** A server that answers so does not want it, now or later. */
const refusals = new Set([400, 413])

/**
 * A file that the server has whole, with the hash that was computed here, is taken away here: evidence on a machine that may be in somebody else's hands is worth less.
 * One that is refused stays, and is not offered again.
 */
export function createUploads({ api, hostId, folder, say, piece = 4 << 20, patience = 1000 }: UploadsOptions): Uploads {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  let wait = patience
  let timer: NodeJS.Timeout | undefined
  let running = false
  let stopped = false

  const turn = async (): Promise<void> => {
    timer = undefined
    running = true
    try {
      for (const note of listNotes(folder)) {
        if (stopped) return
        await handOver(note)
      }
      wait = patience
    } catch (error) {
      if (stopped) return
      if (statusOf(error) !== undefined) say(`evidence: ${(error as Error).message}`)
      wait = Math.min(longest, wait * 2)
    } finally {
      running = false
      if (listNotes(folder).length > 0) schedule(wait)
    }
  }
  const schedule = (ms: number): void => {
    if (!stopped && !running) timer ??= setTimeout(() => void turn(), ms)
  }
  const handOver = async (note: string): Promise<void> => {
    const upload = readNote(note)
    if (upload === undefined || !existsSync(upload.file)) {
      say(`evidence: ${upload?.file ?? note} is gone`)
      return rmSync(note, { force: true })
    }
    try {
      if (await send(note, upload)) {
        rmSync(upload.file, { force: true })
        rmSync(note, { force: true })
      }
    } catch (error) {
      if (!refusals.has(statusOf(error) ?? 0)) throw error
      say(`evidence: ${upload.file}: ${(error as Error).message}`)
      renameSync(note, `${note}.refused`)
    }
  }
  const send = async (note: string, upload: Upload): Promise<boolean> => {
    const { file, ...about } = upload
    const { size } = statSync(file)
    if (upload.sha256 === '') {
      about.sha256 = await digestOf(file)
      writeNote(note, { ...upload, sha256: about.sha256 })
    }
    const offer: EvidenceOffer = { ...about, hostId, name: basename(file), size }
    let answer = (await api.post('/agent/evidence', offer)) as EvidenceAnswer
    const opened = await open(file, 'r')
    try {
      while (!answer.whole && !stopped) {
        const bytes = Buffer.alloc(Math.min(piece, size - answer.received))
        const { bytesRead } = await opened.read(bytes, 0, bytes.length, answer.received)
        const path = `/agent/evidence/${encodeURIComponent(answer.id)}?offset=${answer.received}`
        answer = (await api.put(path, bytes.subarray(0, bytesRead))) as EvidenceAnswer
      }
      return answer.whole
    } finally {
      await opened.close()
    }
  }
  if (listNotes(folder).length > 0) schedule(0)
  return {
    add(upload) {
      writeNote(join(folder, `${upload.key}.json`), { ...upload, sha256: '' })
      schedule(0)
    },
    waiting: () => listNotes(folder).length,
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}

/** Oldest first: keys count up. */
function listNotes(folder: string): string[] {
  const names = readdirSync(folder).filter(name => name.endsWith('.json'))
  return names.map(name => join(folder, name)).sort((a, b) => statSync(a).mtimeMs - statSync(b).mtimeMs)
}

function readNote(note: string): Upload | undefined {
  try {
    return JSON.parse(readFileSync(note, 'utf8')) as Upload
  } catch {
    return undefined
  }
}

function writeNote(note: string, upload: Upload): void {
  writeFileSync(`${note}.part`, `${JSON.stringify(upload)}\n`, { mode: 0o600, flush: true })
  renameSync(`${note}.part`, note)
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
