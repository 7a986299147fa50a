import { sendHttp } from '../http.ts'
import type { Notice, OutputKind } from '../model.ts'

/** Prometheus Alertmanager, `POST /api/v2/alerts` (its openapi.yaml): labels say which alert it is, annotations what it says. */
export const alertmanager: OutputKind = {
  kind: 'alertmanager',
  batch: 100,
  resolves: true,
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
          body: JSON.stringify(notices.flatMap(alertsOf)),
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

/** What nobody resolves ends by itself then; without an end Alertmanager takes it for over after five minutes (`resolve_timeout`). */
const longest = 30 * 86_400_000

/**
 * An alert is known by its labels, so that one that became worse is another one: then, and at its end, the alerts of all other severities are over. Those that never were
 * are nothing to Alertmanager: of what is only resolved it tells nobody.
 */
export function alertsOf(notice: Notice) {
  const severity = severities[notice.priority] ?? 'info'
  const time = Date.parse(notice.time)
  const end = (ms: number) => ({ endsAt: new Date(ms).toISOString() })
  if (notice.about === undefined) return [alertOf(notice, severity)]
  const over = [...new Set([...Object.values(severities), 'info'])].filter(each => notice.resolved || each !== severity)
  return [
    ...(notice.resolved ? [] : [{ ...alertOf(notice, severity), ...end(time + longest) }]),
    ...over.map(each => ({ ...alertOf(notice, each), ...end(time) })),
  ]
}

function alertOf(notice: Notice, severity: string) {
  const labels: Record<string, string> = {
    alertname: notice.rule ?? notice.title.slice(0, 200),
    severity,
    source: 'jenner',
    jenner_id: notice.about ?? notice.id,
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
