import type { ByteSource } from '../../../../base/byte-source.ts'
import type { ReportProblem } from '../../../../base/model/ecosystem.ts'
import { sqliteRows } from '../../../../base/sqlite.ts'

/** The package headers of an rpmdb.sqlite: the blob of each row of table `Packages (hnum INTEGER PRIMARY KEY, blob BLOB)`. */
export function* sqliteBlobs(source: ByteSource, problem: ReportProblem): Generator<Buffer> {
  for (const { values } of sqliteRows(source, 'Packages', problem)) {
    const blob = values[1]
    if (Buffer.isBuffer(blob) && blob.length > 0) yield blob
  }
}
