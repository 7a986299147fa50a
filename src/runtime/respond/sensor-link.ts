import { chmodSync, rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'

/** What a running sensor answers to other commands on this machine. */
export interface SensorAnswers {
  /** The last events of a container, oldest first, masked, a line each. */
  lastEvents(containerId: string): Promise<string[]>
  /** Takes these containers for a drill's from now on. Resolves to whether it does. */
  drilled?(containerIds: string[]): Promise<boolean>
}

const patience = 2000
const maxQuestion = 4096
const maxAnswer = 4 << 20

/** A socket in the state folder, which its owner alone may enter. One JSON line asks, one answers. */
const socketOf = (folder: string, name: SensorName = 'sensor'): string => join(folder, `${name}.sock`)

/** `agent`: the sensor of a platform; `sensor`: that of a command. Both may run with one state folder. */
export type SensorName = 'sensor' | 'agent'

/**
 * Answers what commands ask of the sensor that runs here. Resolves to undefined where another one answers already, or the folder's path is too long for a
 * socket: nothing else hangs on it.
 */
export async function serveSensor(
  folder: string,
  answers: SensorAnswers,
  name: SensorName = 'sensor',
): Promise<{ close(): void } | undefined> {
  const path = socketOf(folder, name)
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
  for (const name of ['sensor', 'agent'] as const) {
    try {
      const question = JSON.stringify({ lastEvents: containerId })
      const answer: unknown = JSON.parse(await ask(socketOf(folder, name), question))
      if (Array.isArray(answer)) return answer.filter(line => typeof line === 'string')
    } catch {}
  }
  return undefined
}

/**
 * Tells the platform of this state folder that these containers, which have not been started yet, are a drill's. Whoever reaches the socket is the folder's owner: nothing
 * that a container says of itself (name, label, image) makes it a drill's. Resolves to false where no platform runs, or it does not take them.
 */
export async function announceDrill(folder: string, containerIds: string[]): Promise<boolean> {
  try {
    return JSON.parse(await ask(socketOf(folder, 'agent'), JSON.stringify({ drilled: containerIds }))) === true
  } catch {
    return false
  }
}

function answerOne(socket: Socket, answers: SensorAnswers): void {
  let text = ''
  socket.on('error', () => socket.destroy())
  socket.setEncoding('utf8').on('data', async (piece: string) => {
    text += piece
    if (text.length > maxQuestion) return socket.destroy()
    if (!text.endsWith('\n')) return
    const answer = await answerTo(text, answers).catch(() => undefined)
    socket.end(`${JSON.stringify(answer ?? null)}\n`)
  })
}

async function answerTo(text: string, answers: SensorAnswers): Promise<unknown> {
  const { lastEvents, drilled } = JSON.parse(text) as { lastEvents?: unknown; drilled?: unknown }
  if (typeof lastEvents === 'string') return answers.lastEvents(lastEvents)
  const ids = Array.isArray(drilled) ? drilled : []
  if (ids.length === 0 || !ids.every(id => typeof id === 'string' && /^[0-9a-f]{64}$/.test(id))) return undefined
  return answers.drilled?.(ids as string[])
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
