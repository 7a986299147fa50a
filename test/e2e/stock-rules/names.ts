import { createSocket, type RemoteInfo } from 'node:dgram'
import { writeFileSync } from 'node:fs'

/** A name service on the loopback that knows one domain. */
export interface NameService {
  port: number
  /** Whether the address has been asked for and told. */
  told(): boolean
  close(): void
}

const headerBytes = 12
const typeA = 1

/** Answers every question for an address of IPv4 with this one, and all others with nothing (RFC 1035 §4). */
export async function startNameService(address: string): Promise<NameService> {
  const socket = createSocket('udp4')
  let told = false
  const tell = (): void => {
    told = true
  }
  socket.on('message', (question: Buffer, from: RemoteInfo) => {
    const name = question.indexOf(0, headerBytes)
    const isA = question.readUInt16BE(name + 1) === typeA
    const answer = isA ? [0xc0, headerBytes, 0, typeA, 0, 1, 0, 0, 0, 60, 0, 4, ...address.split('.').map(Number)] : []
    const header = Buffer.from([question[0]!, question[1]!, 0x81, 0x80, 0, 1, 0, isA ? 1 : 0, 0, 0, 0, 0])
    socket.send(
      Buffer.concat([header, question.subarray(headerBytes, name + 5), Buffer.from(answer)]),
      from.port,
      from.address,
      isA ? tell : undefined,
    )
  })
  await new Promise<void>(resolve => socket.bind(0, '127.0.0.1', resolve))
  return { port: socket.address().port, told: () => told, close: () => void socket.close() }
}

/** A command that runs what follows it with this name service alone, in a mount namespace that ends with it. */
export function withNameService({ port }: NameService, file: string): string[] {
  writeFileSync(file, `nameserver 127.0.0.1:${port}\n`)
  return ['unshare', '--mount', 'sh', '-c', 'mount --bind "$0" /etc/resolv.conf && exec "$@"', file]
}
