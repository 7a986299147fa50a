import { createTransport } from 'nodemailer'
import { JennerError } from '../../../base/errors.ts'
import { priorities } from '../../../base/model/priority.ts'
import { type Notice, type OutputKind, PartlyDelivered } from '../model.ts'

/** A mail server (RFC 5321); several notices go as one mail. */
export const email: OutputKind = {
  kind: 'email',
  batch: 50,
  fields: [
    { key: 'host', type: 'text', required: true, example: 'smtp.example.com' },
    { key: 'port', type: 'number', required: true, example: '587' },
    { key: 'tls', type: 'choice', required: true, choices: ['starttls', 'tls', 'none'] },
    { key: 'from', type: 'text', required: true, example: 'jenner@example.com' },
    { key: 'to', type: 'text', required: true, example: 'ops@example.com, ciso@example.com' },
    { key: 'user', type: 'text', required: false },
    { key: 'password', type: 'secret', required: false },
    { key: 'ca', type: 'template', required: false },
  ],
  open(config, { guard, hostname }) {
    const { host, port, tls, from, to, user, password, ca } = config
    return {
      async send(notices) {
        const [address] = await guard.resolve(String(host))
        const transport = createTransport({
          host: address!,
          port: Number(port),
          secure: tls === 'tls',
          // A server that does not offer encryption where it was asked for gets no password.
          requireTLS: tls === 'starttls',
          ignoreTLS: tls === 'none',
          name: hostname,
          connectionTimeout: 15_000,
          greetingTimeout: 15_000,
          socketTimeout: 30_000,
          disableFileAccess: true,
          disableUrlAccess: true,
          tls: { servername: String(host), ...(ca !== undefined && { ca: String(ca) }) },
          ...(user !== undefined && { auth: { user: String(user), pass: String(password ?? '') } }),
        })
        try {
          const recipients = notices[0]?.only
          const envelope = recipients && { envelope: { from: String(from), to: recipients } }
          const sent = await transport.sendMail({ from: String(from), to: String(to), ...envelope, ...mailOf(notices) })
          const missed = missedOf(sent)
          if (missed) throw missed
        } catch (error) {
          if (error instanceof PartlyDelivered) throw error
          const { responseCode = 0, code, message } = error as { responseCode?: number; code?: string; message: string }
          // RFC 5321 4.2.1: 5yz is for good; but a password that is wrong today is mended, and what waits must not be lost by then.
          const lasting = responseCode >= 500 && code !== 'EAUTH'
          throw new JennerError(lasting ? 'delivery_refused' : 'delivery_failed', message.split('\n')[0], error)
        } finally {
          transport.close()
        }
      },
      close() {},
    }
  },
}

/** A server may take a mail for some recipients and refuse others (RFC 5321, 3.3). These are told, and tried again if any of them may be taken later. */
function missedOf({ rejectedErrors = [] }: { rejectedErrors?: Refusal[] }): PartlyDelivered | undefined {
  if (rejectedErrors.length === 0) return undefined
  const later = rejectedErrors.some(({ responseCode = 0 }) => responseCode < 500)
  const told = rejectedErrors.map(({ recipient = '', response = '' }) => `${recipient}: ${response.split('\n')[0]}`)
  const left = rejectedErrors.flatMap(({ recipient }) => recipient ?? [])
  return new PartlyDelivered(later ? 'delivery_failed' : 'delivery_refused', told.join('; ').slice(0, 400), left)
}

interface Refusal {
  recipient?: string
  response?: string
  responseCode?: number
}

/** Plain text: nothing in it is interpreted by a mail program. The subject is that of the worst notice. */
export function mailOf(notices: readonly Notice[]) {
  const order = (notice: Notice): number => priorities.indexOf(notice.priority)
  const [worst] = notices.toSorted((a, b) => order(a) - order(b))
  const more = notices.length > 1 ? ` (+${notices.length - 1})` : ''
  return {
    subject: `[Jenner] ${worst!.priority}: ${worst!.title.replace(/[\u0000-\u001f\u007f]+/g, ' ').slice(0, 200)}${more}`,
    text: notices.map(textOf).join(`\n\n${'-'.repeat(60)}\n\n`),
    attachments: notices.flatMap(({ attachment }) =>
      attachment === undefined
        ? []
        : [{ filename: attachment.name, contentType: attachment.type, content: Buffer.from(attachment.content) }],
    ),
  }
}

function textOf({ title, priority, time, host, container, image, text, url }: Notice): string {
  const where = Object.entries({ host, container, image }).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}: ${value}`],
  )
  return [title, `${priority}, ${time}`, ...where, '', text, ...(url === undefined ? [] : ['', url])].join('\n')
}
