import { ecsOf } from '../ecs.ts'
import { sendHttp } from '../http.ts'
import type { Notice, OutputKind } from '../model.ts'

/** Grafana Loki's push API: `POST /loki/api/v1/push`. Few labels, with few values; the rest is in the line. */
export const loki: OutputKind = {
  kind: 'loki',
  batch: 500,
  fields: [
    { key: 'url', type: 'url', required: true, example: 'http://loki.example.com:3100' },
    { key: 'tenant', type: 'text', required: false },
    { key: 'user', type: 'text', required: false },
    { key: 'password', type: 'secret', required: false },
    { key: 'ca', type: 'template', required: false },
  ],
  open({ url, tenant, user, password = '', ca }, { guard, version }) {
    return {
      async send(notices) {
        await sendHttp(guard, {
          url: new URL('loki/api/v1/push', `${String(url).replace(/\/$/, '')}/`).href,
          headers: {
            'content-type': 'application/json',
            ...(tenant !== undefined && { 'x-scope-orgid': String(tenant) }),
            ...(user !== undefined && {
              authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
            }),
          },
          body: JSON.stringify({ streams: streamsOf(notices, version) }),
          ...(ca !== undefined && { ca: String(ca) }),
        })
      },
      close() {},
    }
  },
}

interface Stream {
  stream: Record<string, string>
  values: [string, string][]
}

export function streamsOf(notices: readonly Notice[], version: string): Stream[] {
  const streams = new Map<string, Stream>()
  for (const notice of notices) {
    const stream = {
      job: 'jenner',
      kind: notice.kind,
      level: notice.priority.toLowerCase(),
      ...(notice.host && { host: notice.host }),
    }
    const key = JSON.stringify(stream)
    const own: Stream = streams.get(key) ?? { stream, values: [] }
    own.values.push([`${Date.parse(notice.time)}000000`, JSON.stringify(ecsOf(notice, version))])
    streams.set(key, own)
  }
  return [...streams.values()]
}
