import { sendHttp } from '../http.ts'
import type { Notice, OutputKind } from '../model.ts'
import { secretUrl } from '../secret-url.ts'

const colors: Record<string, string> = {
  Emergency: 'attention',
  Alert: 'attention',
  Critical: 'attention',
  Error: 'attention',
  Warning: 'warning',
}

/** Teams' Workflows ("post to a channel when a webhook request is received"), which takes Adaptive Cards. */
export const teams: OutputKind = {
  kind: 'teams',
  batch: 1,
  fields: [{ key: 'url', type: 'secret', required: true, example: 'https://….logic.azure.com/workflows/…' }],
  open(config, { guard }) {
    const url = secretUrl(config.url, 'url')
    return {
      async send(notices) {
        for (const notice of notices)
          await sendHttp(guard, {
            url,
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(card(notice)),
          })
      },
      close() {},
    }
  },
}

export function card(notice: Notice): object {
  const facts = Object.entries({
    priority: notice.priority,
    container: notice.container,
    image: notice.image,
    host: notice.host,
    time: notice.time,
  })
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [
      {
        type: 'TextBlock',
        weight: 'bolder',
        size: 'medium',
        wrap: true,
        color: colors[notice.priority] ?? 'default',
        text: plain(notice.title.slice(0, 250)),
      },
      { type: 'TextBlock', wrap: true, text: plain(notice.text.slice(0, 4000)) },
      {
        type: 'FactSet',
        facts: facts.flatMap(([title, value]) =>
          value === undefined ? [] : [{ title, value: plain(value.slice(0, 250)) }],
        ),
      },
    ],
    ...(notice.url !== undefined && { actions: [{ type: 'Action.OpenUrl', title: 'Jenner', url: notice.url }] }),
  }
  return { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }] }
}

/** Cards read Markdown: links of others must not be links, nor an escape of theirs undo ours; a line break is a paragraph. */
function plain(text: string): string {
  return text.replace(/[\\[\]()*_`~<>]/g, '\\$&').replace(/\r\n|\r|\n/g, '\n\n')
}
