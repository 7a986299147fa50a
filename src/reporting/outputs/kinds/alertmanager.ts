import { sendHttp } from '../http.ts'
import type { Notice, OutputKind } from '../model.ts'

/** Prometheus Alertmanager, `POST /api/v2/alerts` (its openapi.yaml): labels say which alert it is, annotations what it says. */
export const alertmanager: OutputKind = {
  kind: 'alertmanager',
  batch: 100,
  fields: [
    { key: 'url', type: 'url', required: true, example: 'http://alertmanager.example.com:9093' },
    { key: 'user', type: 'text', required: false },
    { key: 'password', type: 'secret', required: false },
    { key: 'ca', type: 'template', required: false },
  ],
  open({ url, user, password = '', ca }, { guard }) {
    return {
      async send(notices) {
        await sendHttp(guard, {
          url: new URL('api/v2/alerts', `${String(url).replace(/\/$/, '')}/`).href,
          headers: {
            'content-type': 'application/json',
            ...(user !== undefined && {
              authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
            }),
          },
          body: JSON.stringify(notices.map(alertOf)),
          ...(ca !== undefined && { ca: String(ca) }),
        })
      },
      close() {},
    }
  },
}

const severities: Record<string, string> = {
  Emergency: 'critical',
  Alert: 'critical',
  Critical: 'critical',
  Error: 'error',
  Warning: 'warning',
}

export function alertOf(notice: Notice) {
  const labels: Record<string, string> = {
    alertname: notice.rule ?? notice.title.slice(0, 200),
    severity: severities[notice.priority] ?? 'info',
    source: 'jenner',
    jenner_id: notice.id,
    ...(notice.host !== undefined && { instance: notice.host }),
    ...(notice.container !== undefined && { container: notice.container }),
    ...(notice.image !== undefined && { image: notice.image }),
  }
  return {
    labels,
    annotations: { summary: notice.title, description: notice.text },
    startsAt: notice.time,
    ...(notice.url !== undefined && { generatorURL: notice.url }),
  }
}
