import { ecsOf } from '../ecs.ts'
import { sendHttp } from '../http.ts'
import type { OutputKind } from '../model.ts'

/** Splunk's HTTP Event Collector: `POST /services/collector/event`, events one after the other. */
export const splunk: OutputKind = {
  kind: 'splunk',
  batch: 200,
  fields: [
    { key: 'url', type: 'url', required: true, example: 'https://splunk.example.com:8088' },
    { key: 'token', type: 'secret', required: true },
    { key: 'index', type: 'text', required: false, example: 'security' },
    { key: 'ca', type: 'template', required: false },
  ],
  open({ url, token, index, ca }, { guard, version, hostname }) {
    return {
      async send(notices) {
        const events = notices.map(notice =>
          JSON.stringify({
            time: Date.parse(notice.time) / 1000,
            host: notice.host ?? hostname,
            source: 'jenner',
            sourcetype: 'jenner:notice',
            ...(index !== undefined && { index }),
            event: ecsOf(notice, version),
          }),
        )
        await sendHttp(guard, {
          url: new URL('services/collector/event', `${String(url).replace(/\/$/, '')}/`).href,
          headers: { 'content-type': 'application/json', authorization: `Splunk ${token}` },
          body: events.join('\n'),
          ...(ca !== undefined && { ca: String(ca) }),
        })
      },
      close() {},
    }
  },
}
