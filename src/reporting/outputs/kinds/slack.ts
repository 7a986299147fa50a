import { sendHttp } from '../http.ts'
import type { Notice, OutputKind } from '../model.ts'
import { secretUrl } from '../secret-url.ts'

const colors: Record<string, string> = {
  Emergency: '#b00020',
  Alert: '#b00020',
  Critical: '#b00020',
  Error: '#d9480f',
  Warning: '#e8a400',
}

/** Slack's incoming webhooks (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks). Mattermost takes them too, and shows the first line. */
export const slack: OutputKind = {
  kind: 'slack',
  batch: 1,
  fields: [
    { key: 'url', type: 'secret', required: true, example: 'https://hooks.slack.com/services/…' },
    { key: 'ca', type: 'template', required: false },
  ],
  open(config, { guard }) {
    const url = secretUrl(config.url, 'url')
    return {
      async send(notices) {
        for (const notice of notices)
          await sendHttp(guard, {
            url,
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(message(notice)),
            ...(config.ca !== undefined && { ca: String(config.ca) }),
          })
      },
      close() {},
    }
  },
}

/** Text of others neither mentions anybody nor makes a link: `&`, `<` and `>` are Slack's control characters, `verbatim` leaves names and addresses as they are. */
export function message(notice: Notice): object {
  const title = plain(notice.title.slice(0, 250))
  const where = [notice.container, notice.image, notice.host]
    .filter(part => part !== undefined)
    .map(part => plain(part.slice(0, 250)))
  const link = notice.url === undefined ? '' : `\n<${notice.url}|Jenner>`
  return {
    text: `[${notice.priority}] ${title}`,
    unfurl_links: false,
    unfurl_media: false,
    attachments: [
      {
        color: colors[notice.priority] ?? '#4a6fa5',
        blocks: [
          {
            type: 'section',
            text: { type: 'mrkdwn', verbatim: true, text: `*${title}*\n${fit(plain(notice.text), 1200)}${link}` },
          },
          {
            type: 'context',
            elements: [
              {
                type: 'mrkdwn',
                verbatim: true,
                text: fit([notice.priority, ...where, notice.time].join(' · '), 2000),
              },
            ],
          },
        ],
      },
    ],
  }
}

function plain(text: string): string {
  const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  // Mattermost calls everybody by these words alone.
  return safe.replace(/@(?=(?:all|channel|here|everyone)\b)/gi, '@\u200b')
}

/** Cut to a length, never within an entity. */
function fit(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length).replace(/&[a-z]{0,4}$/, '')}…`
}
