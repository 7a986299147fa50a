import { severityOfScore } from '../../../../base/cvss.ts'
import type { AdvisoryRecord, FeedItem } from '../../../../base/model/advisory.ts'
import type { Feed } from '../feed.ts'
import { type Fields, fields, isCve, list, str } from '../fields.ts'

const releases = ['3.0', '4.0', '5.0']

/** Photon OS: `cve_data_photonRELEASE.json`, an array of `{ cve_id, pkg, cve_score, aff_ver, res_ver }`; `res_ver` "NA" is "not affected" by what `aff_ver` says, or not fixed. */
export const photon: Feed = {
  id: 'photon',
  title: { en: 'Photon OS', ko: '포톤 OS' },
  licence: 'none stated',
  homepage: 'https://packages.vmware.com/photon/photon_cve_metadata/',
  downloads: releases.map(release => ({
    urls: [`https://packages.vmware.com/photon/photon_cve_metadata/cve_data_photon${release}.json`],
    file: `cve_data_photon${release}.json`,
  })),
  detect: file => /^\s*\[\s*\{\s*"cve_id"\s*:/.test(file.head) && /photon(\d+\.\d+)/.test(file.path),
  *parse(file) {
    const release = /photon(\d+\.\d+)/.exec(file.path)![1]!
    for (const entry of list(file.json()).map(fields)) yield* itemsOf(entry, release, file.path)
  },
}

function* itemsOf(entry: Fields, release: string, path: string): Generator<FeedItem> {
  const id = str(entry.cve_id)
  const name = str(entry.pkg)
  if (!isCve(id) || name === '') {
    yield { kind: 'problem', path, detail: `not an entry: ${id} ${name}` }
    return
  }
  const fixed = str(entry.res_ver)
  const affected = str(entry.aff_ver)
  const score = typeof entry.cve_score === 'number' ? entry.cve_score : 0
  const record: AdvisoryRecord = { id, source: 'photon', aliases: [], status: 'fixed', intervals: [{ fixed }] }
  if (fixed === '' || fixed === 'NA') {
    record.status = affected === '' || affected === 'NA' ? 'not_affected' : 'affected'
    record.intervals = [{}]
  }
  if (/^not affected$/i.test(str(entry.status))) {
    record.status = 'not_affected'
    record.intervals = [{}]
  }
  if (score > 0) record.severity = severityOfScore(score)
  yield { kind: 'record', ecosystem: `Photon OS:${release}`, name, record }
}
