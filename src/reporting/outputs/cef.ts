import { priorities } from '../../base/model/priority.ts'
import type { Notice } from './model.ts'

/** ArcSight's Common Event Format, version 0: `CEF:0|vendor|product|version|signature|name|severity|key=value …`. */
export function cefOf(notice: Notice, version: string): string {
  const severity = 10 - priorities.indexOf(notice.priority)
  const head = ['CEF:0', 'Jenner', 'jenner', version, notice.rule ?? notice.kind, notice.title, String(severity)]
  const pairs: Record<string, string | undefined> = {
    externalId: notice.id,
    rt: String(Date.parse(notice.time)),
    dvchost: notice.host,
    msg: notice.text,
    cs1Label: notice.container === undefined ? undefined : 'container',
    cs1: notice.container,
    cs2Label: notice.image === undefined ? undefined : 'image',
    cs2: notice.image,
    request: notice.url,
  }
  const extension = Object.entries(pairs).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${valueText(value)}`],
  )
  return `${head.map((part, at) => (at === 0 ? part : headOf(part))).join('|')}|${extension.join(' ')}`
}

function headOf(text: string): string {
  return flat(text).replace(/[\\|]/g, '\\$&')
}

function valueText(text: string): string {
  return flat(text.replace(/[\\=]/g, '\\$&').replace(/\r?\n|\r/g, '\\n'))
}

function flat(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f]+/g, ' ')
}
