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

/** Slack's incoming webhooks (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks); Mattermost takes the same. */
export const slack: OutputKind = {
  kind: 'slack',
  batch: 1,
  fields: [{ key: 'url', type: 'secret', required: true, example: 'https://hooks.slack.com/services/…' }],
  open(config, { guard }) {
    const url = secretUrl(config.url, 'url')
    return {
      async send(notices) {
        for (const notice of notices)
          await sendHttp(guard, {
            url,
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(message(notice)),
          })
      },
      close() {},
    }
  },
}

/** Text of others neither mentions anybody nor makes a link: `&`, `<` and `>` are Slack's control characters. */
export function message(notice: Notice): object {
  const title = plain(notice.title)
  const where = [notice.container, notice.image, notice.host]
    .filter(part => part !== undefined)
    .map(part => plain(part))
  const link = notice.url === undefined ? '' : `\n<${notice.url}|Jenner>`
  return {
    text: `[${notice.priority}] ${title}`,
    attachments: [
      {
        color: colors[notice.priority] ?? '#4a6fa5',
        blocks: [
          {
            type: 'section',
            text: { type: 'mrkdwn', text: `*${title}*\n${plain(notice.text).slice(0, 2500)}${link}` },
          },
          {
            type: 'context',
            elements: [
              { type: 'mrkdwn', text: `${notice.priority} · ${where.join(' · ')} · ${notice.time}`.slice(0, 2000) },
            ],
          },
        ],
      },
    ],
  }
}

function plain(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
