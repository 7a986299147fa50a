import { jsonParts } from '../../input/json-stream.ts'
import type { Feed } from '../feed.ts'
import { fields } from '../fields.ts'
import { parseCsaf } from './parse.ts'

/** CSAF 2.0 (OASIS) advisories and VEX: Red Hat, SUSE, openEuler and whoever publishes packages by the same rules. */
export const csaf: Feed = {
  id: 'csaf',
  title: { en: 'CSAF and VEX (Red Hat, SUSE, openEuler)', ko: 'CSAF 및 VEX (레드햇, SUSE, openEuler)' },
  licence: 'CC-BY-4.0',
  homepage: 'https://security.access.redhat.com/data/csaf/v2/vex/',
  downloads: [],
  detect: file => /"csaf_version"\s*:\s*"2/.test(file.head),
  async *parse(file) {
    const document = file.json()
    if (document !== undefined) {
      yield* parseCsaf(fields(document))
      return
    }
    const parts: Record<string, unknown> = {}
    for await (const { key, text } of jsonParts(file.chunks())) parts[key] = JSON.parse(text)
    yield* parseCsaf(parts)
  },
}
