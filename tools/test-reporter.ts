import type { TestEvent } from 'node:test/reporters'

/** A reporter for node's test runner that prints, at the end, `{ passed, failed, skipped: [name and reason] }` of leaf tests. */
// biome-ignore lint/style/noDefaultExport: node's runner loads a reporter by its default export
export default async function* countTests(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const counts = { passed: 0, failed: 0, skipped: [] as string[] }
  for await (const { type, data } of source) {
    if (type !== 'test:pass' && type !== 'test:fail') continue
    if (data.details?.type === 'suite') continue
    if (data.skip !== undefined)
      counts.skipped.push(`${data.name}${typeof data.skip === 'string' && data.skip ? ` (${data.skip})` : ''}`)
    else if (type === 'test:pass') counts.passed++
    else counts.failed++
  }
  yield JSON.stringify(counts)
}
