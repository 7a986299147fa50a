import { JennerError } from '../../../base/errors.ts'
import { isObject, parseJson } from '../../../base/json.ts'
import { priorities } from '../../../base/model/priority.ts'
import { escapeText } from '../../../base/text.ts'
import { sendHttp } from '../http.ts'
import type { Notice, OutputKind } from '../model.ts'

/** SeverityNumber of the logs data model, by our priorities: FATAL2, FATAL, ERROR4, ERROR, WARN, INFO3, INFO, DEBUG. */
const severities = [22, 21, 20, 17, 13, 11, 9, 5]

/** An OpenTelemetry collector: OTLP/HTTP in JSON, `POST /v1/logs` (https://opentelemetry.io/docs/specs/otlp). */
export const otlp: OutputKind = {
  kind: 'otlp',
  // What was taken in part must not be sent again (OTLP, partial success): so one by one.
  batch: 1,
  fields: [
    { key: 'url', type: 'url', required: true, example: 'http://collector.example.com:4318' },
    { key: 'authorization', type: 'secret', required: false, example: 'Bearer …' },
    { key: 'ca', type: 'template', required: false },
  ],
  open({ url, authorization, ca }, { guard, version }) {
    return {
      async send(notices) {
        const { body } = await sendHttp(guard, {
          url: new URL('v1/logs', `${String(url).replace(/\/$/, '')}/`).href,
          headers: {
            'content-type': 'application/json',
            ...(authorization !== undefined && { authorization: String(authorization) }),
          },
          body: JSON.stringify(logsOf(notices, version)),
          ...(ca !== undefined && { ca: String(ca) }),
        })
        checkPartial(body)
      },
      close() {},
    }
  },
}

/** 200 with `partialSuccess.rejectedLogRecords`: refused for good. */
function checkPartial(body: string): void {
  const answer = parseJson(body)
  const partial = isObject(answer) && isObject(answer.partialSuccess) ? answer.partialSuccess : {}
  if (Number(partial.rejectedLogRecords ?? 0) > 0)
    throw new JennerError('delivery_refused', escapeText(String(partial.errorMessage ?? '').slice(0, 200)))
}

export function logsOf(notices: readonly Notice[], version: string) {
  const logRecords = notices.map(notice => ({
    timeUnixNano: `${Date.parse(notice.time)}000000`,
    observedTimeUnixNano: `${Date.now()}000000`,
    severityNumber: severities[priorities.indexOf(notice.priority)],
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
