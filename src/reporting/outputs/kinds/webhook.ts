import { createHmac } from 'node:crypto'
import { JennerError } from '../../../base/errors.ts'
import { parseTemplate } from '../../formats/template/parse.ts'
import { renderValue } from '../../formats/template/render.ts'
import { sendHttp } from '../http.ts'
import type { Notice, OutputKind } from '../model.ts'

/** Characters of a message that a template may make. */
const longest = 1 << 20

/** A POST to an address of the user's: JSON, or a text made by a template in docker's manner (`{{.title}}`, `{{json .fields}}`). */
export const webhook: OutputKind = {
  kind: 'webhook',
  batch: 1,
  fields: [
    { key: 'url', type: 'url', required: true, example: 'https://hooks.example.com/jenner' },
    { key: 'template', type: 'template', required: false, example: '{"text": {{json .title}}}' },
    { key: 'contentType', type: 'text', required: false, example: 'application/json' },
    { key: 'authorization', type: 'secret', required: false, example: 'Bearer …' },
    { key: 'signingKey', type: 'secret', required: false },
    { key: 'ca', type: 'template', required: false },
  ],
  open(config, { guard, version }) {
    const { url, template, contentType = 'application/json', authorization, signingKey, ca } = config
    if (template !== undefined) checkTemplate(String(template))
    return {
      async send(notices) {
        for (const notice of notices) {
          const body =
            template === undefined ? JSON.stringify(plain(notice)) : rendered(plain(notice), String(template))
          await sendHttp(guard, {
            url: String(url),
            body,
            ...(ca !== undefined && { ca: String(ca) }),
            headers: {
              'content-type': String(contentType),
              'user-agent': `jenner/${version}`,
              'x-jenner-id': encodeURIComponent(notice.id),
              ...(authorization !== undefined && { authorization: String(authorization) }),
              ...(signingKey !== undefined && { 'x-jenner-signature': sign(String(signingKey), body) }),
            },
          })
        }
      },
      close() {},
    }
  },
}

function checkTemplate(template: string): void {
  try {
    parseTemplate(template)
  } catch (error) {
    throw new JennerError('bad_argument', (error as Error).message, error)
  }
}

/** A template that fails for a notice, or makes more than a message, fails for it always. */
function rendered(value: unknown, template: string): string {
  try {
    return renderValue(value, template, longest)
  } catch (error) {
    throw new JennerError('delivery_refused', (error as Error).message, error)
  }
}

/** So that the receiver can tell ours from others': HMAC-SHA-256 of the body (RFC 2104). */
function sign(key: string, body: string): string {
  return `sha256=${createHmac('sha256', key).update(body).digest('hex')}`
}

function plain({ attachment, ...notice }: Notice): Omit<Notice, 'attachment'> & { attachment?: { name: string } } {
  return { ...notice, ...(attachment && { attachment: { name: attachment.name } }) }
}
