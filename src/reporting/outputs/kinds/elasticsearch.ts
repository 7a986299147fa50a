import { JennerError } from '../../../base/errors.ts'
import { ecsOf } from '../ecs.ts'
import { sendHttp } from '../http.ts'
import type { OutputConfig, OutputKind } from '../model.ts'

/** Elasticsearch's and OpenSearch's bulk API; documents in ECS. `create` with our id: what is sent twice is stored once. */
export const elasticsearch: OutputKind = {
  kind: 'elasticsearch',
  batch: 500,
  fields: [
    { key: 'url', type: 'url', required: true, example: 'https://elastic.example.com:9200' },
    { key: 'index', type: 'text', required: true, example: 'jenner-alerts' },
    { key: 'apiKey', type: 'secret', required: false },
    { key: 'user', type: 'text', required: false },
    { key: 'password', type: 'secret', required: false },
    { key: 'ca', type: 'template', required: false },
  ],
  open(config, { guard, version }) {
    const { url, index, ca } = config
    return {
      async send(notices) {
        const lines = notices.flatMap(notice => [
          JSON.stringify({ create: { _index: index, _id: notice.id } }),
          JSON.stringify(ecsOf(notice, version)),
        ])
        const { body } = await sendHttp(guard, {
          url: new URL('_bulk', `${String(url).replace(/\/$/, '')}/`).href,
          headers: { 'content-type': 'application/x-ndjson', ...authorization(config) },
          body: `${lines.join('\n')}\n`,
          ...(ca !== undefined && { ca: String(ca) }),
        })
        checkItems(body)
      },
      close() {},
    }
  },
}

function authorization({ apiKey, user, password = '' }: OutputConfig): Record<string, string> {
  if (apiKey !== undefined) return { authorization: `ApiKey ${apiKey}` }
  return user === undefined ? {} : { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` }
}

/** The answer is 200 even where single documents were refused. 409: it is there already. */
export function checkItems(body: string): void {
  const answer = parse(body)
  if (answer === undefined) throw new JennerError('delivery_refused', 'not the answer of a bulk API')
  if (answer.errors !== true) return
  for (const { create } of answer.items ?? []) {
    const status = create?.status ?? 0
    if (status < 300 || status === 409) continue
    const reason = `${status}: ${String(create?.error?.reason ?? '').slice(0, 200)}`
    throw new JennerError(status === 429 || status >= 500 ? 'delivery_failed' : 'delivery_refused', reason)
  }
}

interface Bulk {
  errors?: boolean
  items?: { create?: { status?: number; error?: { reason?: string } } }[]
}

function parse(body: string): Bulk | undefined {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null && 'errors' in value ? (value as Bulk) : undefined
  } catch {
    return undefined
  }
}
