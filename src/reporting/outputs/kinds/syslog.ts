import { createSocket } from 'node:dgram'
import { connect, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { JennerError } from '../../../base/errors.ts'
import { priorities } from '../../../base/model/priority.ts'
import { cefOf } from '../cef.ts'
import type { Notice, OutputKind } from '../model.ts'

const timeout = 15_000
/** local0 (RFC 5424, 6.2.1) */
const facility = 16
const maxDatagram = 8192

/** A syslog receiver: RFC 5424 over UDP (RFC 5426), TCP or TLS with octet counting (RFC 6587 3.4.1, RFC 5425). */
export const syslog: OutputKind = {
  kind: 'syslog',
  batch: 200,
  fields: [
    { key: 'host', type: 'text', required: true, example: 'logs.example.com' },
    { key: 'port', type: 'number', required: true, example: '6514' },
    { key: 'protocol', type: 'choice', required: true, choices: ['tls', 'tcp', 'udp'] },
    { key: 'format', type: 'choice', required: true, choices: ['text', 'json', 'cef'] },
    { key: 'ca', type: 'template', required: false },
  ],
  open(config, { guard, hostname, version }) {
    const { host, port, protocol, format, ca } = config
    return {
      async send(notices) {
        const [address] = await guard.resolve(String(host))
        const lines = notices.map(notice => syslogLine(notice, String(format), { hostname, version }))
        const to = { address: address!, host: String(host), port: Number(port) }
        if (protocol === 'udp') await sendDatagrams(to, lines)
        else await sendStream(to, lines, protocol === 'tls', ca === undefined ? undefined : String(ca))
      },
      close() {},
    }
  },
}

/** `<PRI>1 TIMESTAMP HOSTNAME APP-NAME PROCID MSGID STRUCTURED-DATA MSG`, RFC 5424, 6; the message in UTF-8 behind a byte order mark. */
export function syslogLine(
  notice: Notice,
  format: string,
  { hostname, version }: { hostname: string; version: string },
): string {
  const severity = priorities.indexOf(notice.priority)
  const head = `<${facility * 8 + severity}>1 ${notice.time} ${printable(hostname, 255)} jenner - ${printable(notice.kind, 32)}`
  if (format === 'cef') return `${head} - ${cefOf(notice, version)}`
  const { attachment, ...plain } = notice
  if (format === 'json') return `${head} - ${JSON.stringify(plain)}`
  const data = { id: notice.id, rule: notice.rule, container: notice.container, image: notice.image, host: notice.host }
  const parameters = Object.entries(data).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}="${quoted(value)}"`],
  )
  return `${head} [jenner@32473 ${parameters.join(' ')}] \ufeff${oneLine(`${notice.title}: ${notice.text}`)}`
}

/** PRINTUSASCII of a length, `-` for none. */
function printable(text: string, length: number): string {
  return text.replace(/[^\x21-\x7e]/g, '').slice(0, length) || '-'
}

/** 6.3.3: `"`, `\` and `]` are escaped. */
function quoted(text: string): string {
  return oneLine(text).replace(/["\\\]]/g, '\\$&')
}

function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f]+/g, ' ')
}

interface Receiver {
  address: string
  host: string
  port: number
}

function sendDatagrams({ address, port, host }: Receiver, lines: string[]): Promise<void> {
  const socket = createSocket(isIP(address) === 6 ? 'udp6' : 'udp4')
  const each = (line: string): Promise<void> =>
    new Promise((resolve, reject) =>
      socket.send(datagramOf(line), port, address, error =>
        error === null
          ? resolve()
          : reject(new JennerError('delivery_failed', `${host}:${port}: ${error.message}`, error)),
      ),
    )
  return Promise.all(lines.map(each)).then(
    () => void socket.close(),
    error => {
      socket.close()
      throw error
    },
  )
}

/** Cut to what a receiver takes (RFC 5426, 3.2), never within a character. */
export function datagramOf(line: string): Buffer {
  const bytes = Buffer.from(line)
  let end = Math.min(bytes.length, maxDatagram)
  while (end < bytes.length && (bytes[end]! & 0xc0) === 0x80) end--
  return bytes.subarray(0, end)
}

/** Delivered is what the receiver's side has taken over and closed in order after our end; syslog knows no other word of thanks. */
function sendStream({ address, host, port }: Receiver, lines: string[], tls: boolean, ca?: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      socket.destroy()
      reject(new JennerError('delivery_failed', `${host}:${port}: ${error.message}`, error))
    }
    const start = (): void => void socket.end(Buffer.concat(lines.map(framed)))
    const servername = isIP(host) === 0 ? host : ''
    const socket: Socket = tls
      ? connectTls({ host: address, port, servername, ...(ca !== undefined && { ca }) }, start)
      : connect({ host: address, port }, start)
    socket.setTimeout(timeout, () => fail(new Error('timed out')))
    socket.on('error', fail)
    socket.on('finish', () => socket.resume())
    socket.on('close', broken => broken || resolve())
  })
}

/** `MSG-LEN SP SYSLOG-MSG` */
function framed(line: string): Buffer {
  const bytes = Buffer.from(line)
  return Buffer.concat([Buffer.from(`${bytes.length} `), bytes])
}
