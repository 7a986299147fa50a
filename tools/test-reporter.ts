import type { TestEvent } from 'node:test/reporters'

/** What a file's leaf tests came to. */
export interface FileCounts {
  passed: number
  failed: string[]
  skipped: string[]
}

/** A reporter for node's test runner that prints, at the end, `{ [file]: FileCounts }` of leaf tests. */
// biome-ignore lint/style/noDefaultExport: node's runner loads a reporter by its default export
export default async function* countTests(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const files: Record<string, FileCounts> = Object.create(null)
  for await (const { type, data } of source) {
    if (type !== 'test:pass' && type !== 'test:fail') continue
    if (data.details?.type === 'suite') continue
    const file = data.file ?? ''
    files[file] ??= { passed: 0, failed: [], skipped: [] }
    const reason = typeof data.skip === 'string' && data.skip !== '' ? ` (${data.skip})` : ''
    if (data.skip !== undefined) files[file].skipped.push(`${data.name}${reason}`)
    else if (type === 'test:pass') files[file].passed++
    else files[file].failed.push(data.name)
  }
  yield JSON.stringify(files)
}
