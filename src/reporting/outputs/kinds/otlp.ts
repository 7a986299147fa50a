import { sendHttp } from '../http.ts'
import type { Notice, OutputKind } from '../model.ts'
import { noticePriorities } from '../model.ts'

/** SeverityNumber of the logs data model, by our priorities: FATAL2, FATAL, ERROR4, ERROR, WARN, INFO3, INFO, DEBUG. */
const severities = [22, 21, 20, 17, 13, 11, 9, 5]

/** An OpenTelemetry collector: OTLP/HTTP in JSON, `POST /v1/logs` (https://opentelemetry.io/docs/specs/otlp). */
export const otlp: OutputKind = {
  kind: 'otlp',
  batch: 500,
  fields: [
    { key: 'url', type: 'url', required: true, example: 'http://collector.example.com:4318' },
    { key: 'authorization', type: 'secret', required: false, example: 'Bearer …' },
    { key: 'ca', type: 'template', required: false },
  ],
  open({ url, authorization, ca }, { guard, version }) {
    return {
      async send(notices) {
        await sendHttp(guard, {
          url: new URL('v1/logs', `${String(url).replace(/\/$/, '')}/`).href,
          headers: {
            'content-type': 'application/json',
            ...(authorization !== undefined && { authorization: String(authorization) }),
          },
          body: JSON.stringify(logsOf(notices, version)),
          ...(ca !== undefined && { ca: String(ca) }),
        })
      },
      close() {},
    }
  },
}

export function logsOf(notices: readonly Notice[], version: string) {
  const logRecords = notices.map(notice => ({
    timeUnixNano: `${Date.parse(notice.time)}000000`,
    severityNumber: severities[noticePriorities.indexOf(notice.priority)],
    severityText: notice.priority,
    body: { stringValue: `${notice.title}\n${notice.text}` },
    attributes: attributesOf({
      'event.id': notice.id,
      'event.name': notice.kind,
      'rule.name': notice.rule,
      'host.name': notice.host,
      'container.id': notice.containerId,
      'container.name': notice.container,
      'container.image.name': notice.image,
      'url.full': notice.url,
    }),
  }))
  const resource = { attributes: attributesOf({ 'service.name': 'jenner', 'service.version': version }) }
  return { resourceLogs: [{ resource, scopeLogs: [{ scope: { name: 'jenner' }, logRecords }] }] }
}

function attributesOf(values: Record<string, string | undefined>) {
  return Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, value: { stringValue: value } }],
  )
}
