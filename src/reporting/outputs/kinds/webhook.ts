import { createHmac } from 'node:crypto'
import { renderValue } from '../../formats/template/render.ts'
import { sendHttp } from '../http.ts'
import type { Notice, OutputKind } from '../model.ts'

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
  ],
  open(config, { guard, version }) {
    const { url, template, contentType = 'application/json', authorization, signingKey } = config
    return {
      async send(notices) {
        for (const notice of notices) {
          const body =
            template === undefined ? JSON.stringify(plain(notice)) : renderValue(plain(notice), String(template))
          await sendHttp(guard, {
            url: String(url),
            body,
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

/** So that the receiver can tell ours from others': HMAC-SHA-256 of the body (RFC 2104). */
function sign(key: string, body: string): string {
  return `sha256=${createHmac('sha256', key).update(body).digest('hex')}`
}

function plain({ attachment, ...notice }: Notice): Omit<Notice, 'attachment'> & { attachment?: { name: string } } {
  return { ...notice, ...(attachment && { attachment: { name: attachment.name } }) }
}
