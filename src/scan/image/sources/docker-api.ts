import type { IncomingMessage } from 'node:http'
import { JennerError } from '../../../base/errors.ts'
import { MiB } from '../../../base/limits.ts'
import type { OpenOptions } from '../source.ts'
import { asArray, asObject, asStrings, type Json } from './documents.ts'

export interface DockerImage {
  id: string
  repoTags: string[]
  repoDigests: string[]
  /** Bytes, as the daemon counts them. */
  size: number
  /** Seconds since the epoch. */
  created: number
}

export type DockerOptions = Pick<OpenOptions, 'dockerHost' | 'signal'>

const maxAnswerBytes = 64 * MiB

/** The images a Docker daemon has. Engine API, GET /images/json. Throws docker_unreachable. */
export async function listDockerImages(options: DockerOptions = {}): Promise<DockerImage[]> {
  const answer = await getJson('/images/json', options)
  return asArray(answer, 'Docker: images', 100_000).map(item => {
    const { Id, RepoTags, RepoDigests, Size, Created } = asObject(item, 'Docker: image')
    const real = (name: string): boolean => !name.includes('<none>')
    return {
      id: String(Id),
      repoTags: asStrings(RepoTags).filter(real),
      repoDigests: asStrings(RepoDigests).filter(real),
      size: Number(Size) || 0,
      created: Number(Created) || 0,
    }
  })
}

/** What the daemon says of an image: GET /images/NAME/json. */
export async function inspectDockerImage(name: string, options: DockerOptions): Promise<Json> {
  return asObject(await getJson(`/images/${encodeURIComponent(name)}/json`, options, name), 'Docker: image')
}

/** An answer's body; one that breaks off throws truncated. */
export async function* piecesOf(answer: IncomingMessage, options: DockerOptions): AsyncGenerator<Buffer> {
  try {
    for await (const piece of answer as AsyncIterable<Buffer>) yield piece
  } catch (error) {
    if (options.signal?.aborted) throw options.signal.reason
    throw new JennerError('truncated', "Docker's answer breaks off", error)
  }
  if (!answer.complete) throw new JennerError('truncated', "Docker's answer breaks off")
}

/** Throws docker_unreachable, docker_denied, target_not_found (`name`), truncated, malformed. */
export async function getJson(path: string, options: DockerOptions, name = ''): Promise<unknown> {
  const answer = await getDocker(path, options, name)
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of piecesOf(answer, options)) {
    pieces.push(piece)
    size += piece.length
    if (size > maxAnswerBytes) throw new JennerError('limit_exceeded', `Docker's answer to ${path}`)
  }
  try {
    return JSON.parse(Buffer.concat(pieces).toString('utf8'))
  } catch (error) {
    throw new JennerError('malformed', `Docker's answer to ${path}`, error)
  }
}

/** The daemon's answer to a GET, its body unread. Throws docker_unreachable, docker_denied, target_not_found (`name`). */
export function getDocker(path: string, options: DockerOptions, name: string): Promise<IncomingMessage> {
  const socketPath = socketOf(options.dockerHost ?? process.env.DOCKER_HOST ?? '')
  // An import would read every export of the module, and with them load Node's WebSocket and fetch: 40 ms of each start.
  const { request } = process.getBuiltinModule('node:http')
  return new Promise((resolve, reject) => {
    const unreachable = (error: Error): void => {
      const denied = (error as NodeJS.ErrnoException).code === 'EACCES'
      const known = new JennerError(denied ? 'docker_denied' : 'docker_unreachable', socketPath, error)
      reject(options.signal?.aborted ? options.signal.reason : known)
    }
    // Without a name for TLS, which no socket has, Node would look whether `docker` is an address: that takes longer than the question.
    const asked = { socketPath, path, headers: { Host: 'docker' }, signal: options.signal, servername: '' }
    request(asked, answer => {
      if (answer.statusCode === 200) return resolve(answer)
      answer.resume()
      const code =
        answer.statusCode === 404
          ? 'target_not_found'
          : answer.statusCode === 400
            ? 'bad_argument'
            : 'docker_unreachable'
      reject(new JennerError(code, code === 'docker_unreachable' ? `${socketPath}: HTTP ${answer.statusCode}` : name))
    })
      .on('error', unreachable)
      .end()
  })
}

function socketOf(host: string): string {
  if (host === '') return '/var/run/docker.sock'
  if (host.startsWith('unix://')) return host.slice(7)
  throw new JennerError('not_built_yet', `DOCKER_HOST ${host}`)
}
