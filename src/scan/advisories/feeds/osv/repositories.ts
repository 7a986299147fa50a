import type { AdvisoryRecord, FeedItem } from '../../../../base/model/advisory.ts'
import { gitEcosystem, repositoryName } from '../../match/repository.ts'
import { type Fields, fields, list, str, strs, unique } from '../fields.ts'

const maxTags = 4000

/**
 * GIT ranges as records about repositories: where the flaw came in and where it went out, by commit, and the tags that hold it (`versions`, which OSV lists in
 * full for GIT ranges). The very start (`introduced: "0"`) names no commit.
 */
export function* repositoryItems(
  affected: Fields,
  id: string,
  aliases: string[],
): Generator<Extract<FeedItem, { kind: 'record' }>> {
  const ranges = list(affected.ranges)
    .map(fields)
    .filter(range => range.type === 'GIT')
  const names = unique(ranges.flatMap(range => repositoryName(str(range.repo)) ?? []))
  for (const name of names) {
    const events = ranges
      .filter(range => repositoryName(str(range.repo)) === name)
      .flatMap(range => list(range.events).map(fields))
    const commits = (key: string) => unique(events.flatMap(event => strs(event[key]))).filter(isCommit)
    const fixes = commits('fixed')
    const affectedOnes = [...commits('introduced'), ...commits('last_affected')]
    const [introduced] = affectedOnes
    const record: AdvisoryRecord = {
      id,
      source: 'osv-git',
      aliases,
      status: fixes.length > 0 ? 'fixed' : 'affected',
      intervals:
        fixes.length > 0
          ? fixes.map(fixed => ({ ...(introduced && { introduced }), fixed }))
          : [{ ...(introduced && { introduced }) }],
      versions: [...strs(affected.versions).slice(0, maxTags), ...affectedOnes],
    }
    if (record.versions?.length === 0) delete record.versions
    yield { kind: 'record', ecosystem: gitEcosystem, name, record }
  }
}

const isCommit = (text: string): boolean => /^[0-9a-f]{7,64}$/.test(text)
