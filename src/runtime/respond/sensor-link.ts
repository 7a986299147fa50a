import { chmodSync, rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'

/** What a running sensor answers to other commands on this machine. */
export interface SensorAnswers {
  /** The last events of a container, oldest first, masked, a line each. */
  lastEvents(containerId: string): Promise<string[]>
}

const patience = 2000
const maxQuestion = 4096
const maxAnswer = 4 << 20

/** A socket in the state folder, which its owner alone may enter. One JSON line asks, one answers. */
const socketOf = (folder: string): string => join(folder, 'sensor.sock')

/**
 * Answers what commands ask of the sensor that runs here. Resolves to undefined where another one answers already, or the folder's path is too long for a
 * socket: nothing else hangs on it.
 */
export async function serveSensor(folder: string, answers: SensorAnswers): Promise<{ close(): void } | undefined> {
  const path = socketOf(folder)
  if (await isAnswered(path)) return undefined
  rmSync(path, { force: true })
  const open = new Set<Socket>()
  const server = createServer(socket => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    socket.setTimeout(patience, () => socket.destroy())
    answerOne(socket, answers)
  })
  if (!(await listens(server, path))) return undefined
  chmodSync(path, 0o600)
  server.unref()
  return {
    close() {
      for (const socket of open) socket.destroy()
      server.close()
    },
  }
}

/** The last events of a container from the sensor that runs with this state folder; undefined where none does, or it does not answer in time. */
export async function askLastEvents(folder: string, containerId: string): Promise<string[] | undefined> {
  try {
    const answer: unknown = JSON.parse(await ask(socketOf(folder), JSON.stringify({ lastEvents: containerId })))
    return Array.isArray(answer) ? answer.filter(line => typeof line === 'string') : undefined
  } catch {
    return undefined
  }
}

function answerOne(socket: Socket, { lastEvents }: SensorAnswers): void {
  let text = ''
  socket.on('error', () => socket.destroy())
  socket.setEncoding('utf8').on('data', async (piece: string) => {
    text += piece
    if (text.length > maxQuestion) return socket.destroy()
    if (!text.endsWith('\n')) return
    const lines = await questionOf(text)
      .then(
        id => lastEvents(id),
        () => undefined,
      )
      .catch(() => undefined)
    socket.end(`${JSON.stringify(lines ?? null)}\n`)
  })
}

async function questionOf(text: string): Promise<string> {
  const { lastEvents } = JSON.parse(text) as { lastEvents?: unknown }
  if (typeof lastEvents !== 'string') throw new Error('no question')
  return lastEvents
}

function ask(path: string, question: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(path, () => socket.write(`${question}\n`))
    socket.setTimeout(patience, () => socket.destroy(new Error('no answer')))
    socket.setEncoding('utf8').on('data', (piece: string) => {
      text += piece
      if (text.length > maxAnswer) socket.destroy(new Error('too long an answer'))
    })
    socket.on('error', reject)
    socket.on('end', () => resolve(text))
  })
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(path, () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}

function listens(server: Server, path: string): Promise<boolean> {
  return new Promise(resolve => {
    server.once('error', () => resolve(false))
    server.listen(path, () => resolve(true))
  })
}
