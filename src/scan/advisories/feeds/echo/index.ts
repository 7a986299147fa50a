import type { FeedItem } from '../../../../base/model/advisory.ts'
import { jsonParts } from '../../input/json-stream.ts'
import type { Feed, FeedFile } from '../feed.ts'
import { fields, isCve, str } from '../fields.ts'

/** Echo's list: `{ package: { CVE: { fixed_version? } } }`; "0" says never affected. */
export const echo: Feed = {
  id: 'echo',
  title: { en: 'Echo', ko: 'Echo 배포판' },
  licence: 'none stated',
  homepage: 'https://www.echohq.com',
  downloads: [],
  detect: file => /^\s*\{\s*"[^"{}]{1,200}"\s*:\s*\{\s*"CVE-\d[^"]*"\s*:\s*\{\s*(?:"fixed_version"|\})/.test(file.head),
  parse: parseEcho,
}

async function* parseEcho(file: FeedFile): AsyncGenerator<FeedItem> {
  for await (const { key: name, text } of jsonParts(file.chunks())) {
    for (const [id, entry] of Object.entries(fields(JSON.parse(text)))) {
      if (!isCve(id)) continue
      const fixed = str(fields(entry).fixed_version)
      const status = fixed === '0' ? 'not_affected' : fixed === '' ? 'affected' : 'fixed'
      const intervals = status === 'fixed' ? [{ fixed }] : [{}]
      yield { kind: 'record', ecosystem: 'Echo', name, record: { id, source: 'echo', aliases: [], status, intervals } }
    }
  }
}
