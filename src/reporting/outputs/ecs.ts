import { priorities } from '../../base/model/priority.ts'
import type { Notice } from './model.ts'

/** A notice as a document of the Elastic Common Schema, version 8.17 (https://www.elastic.co/docs/reference/ecs). Our own facts stand under `jenner`. */
export function ecsOf(notice: Notice, version: string): Record<string, unknown> {
  const { id, time, kind, priority, title, text, rule, host, container, containerId, image, url, tags, fields } = notice
  const known = {
    ...(containerId !== undefined && { id: containerId }),
    ...(container !== undefined && { name: container }),
  }
  return {
    '@timestamp': time,
    message: `${title}\n${text}`,
    ecs: { version: '8.17.0' },
    event: {
      id,
      kind: 'alert',
      category: [kind === 'incident' ? 'intrusion_detection' : 'vulnerability'],
      severity: 7 - priorities.indexOf(priority),
      module: 'jenner',
    },
    log: { level: priority.toLowerCase() },
    observer: { vendor: 'Jenner', product: 'jenner', version },
    ...(rule !== undefined && { rule: { name: rule } }),
    ...(host !== undefined && { host: { name: host } }),
    ...((container ?? image) !== undefined && {
      container: { ...known, ...(image !== undefined && { image: { name: image } }) },
    }),
    ...(url !== undefined && { url: { full: url } }),
    tags,
    // Text all of them: a field that is a number in one notice and a word in the next would have the document refused.
    jenner: { kind, fields: Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, String(value)])) },
  }
}
