import { StringDecoder } from 'node:string_decoder'
import type { FeedItem } from '../../../../base/model/advisory.ts'
import type { Feed, FeedFile } from '../feed.ts'
import { isCve } from '../fields.ts'

/** FIRST's exploit prediction scores: `#model_version:…,score_date:…`, then `cve,epss[,percentile]`. Files before 2021-09 lack the first line or the percentile. */
export const epss: Feed = {
  id: 'epss',
  title: { en: 'EPSS exploit prediction', ko: 'EPSS 악용 예측' },
  licence: 'free to use with attribution (FIRST)',
  homepage: 'https://www.first.org/epss',
  downloads: [
    {
      urls: [
        'https://epss.empiricalsecurity.com/epss_scores-current.csv.gz',
        'https://epss.cyentia.com/epss_scores-current.csv.gz',
      ],
      file: 'epss.csv.gz',
    },
  ],
  detect: file => /^(?:#model_version:[^\n]*\n)?cve,epss(?:,percentile)?\r?\n/.test(file.head),
  parse: parseScores,
}

async function* parseScores(file: FeedFile): AsyncGenerator<FeedItem> {
  let date = /(\d{4}-\d\d-\d\d)/.exec(file.path)?.[1] ?? ''
  let number = 0
  for await (const line of lines(file.chunks())) {
    number++
    if (line.startsWith('#')) {
      date = /score_date:(\d{4}-\d\d-\d\d)/.exec(line)?.[1] ?? date
      continue
    }
    if (line === '' || line.startsWith('cve,')) continue
    const [cve = '', epssText = '', percentileText = '0'] = line.split(',')
    const score = Number(epssText)
    const percentile = Number(percentileText)
    const valid = isCve(cve) && epssText !== '' && score >= 0 && score <= 1 && percentile >= 0 && percentile <= 1
    yield valid
      ? { kind: 'epss', cve, entry: { score, percentile, date } }
      : { kind: 'problem', path: file.path, detail: `line ${number} is no score` }
  }
}

async function* lines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  for await (const chunk of chunks) {
    const parts = (rest + decoder.write(chunk as Buffer)).split('\n')
    rest = parts.pop()!.slice(0, 10_000)
    for (const part of parts) yield part.replace(/\r$/, '')
  }
  if (rest !== '') yield rest
}
