import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import type { Report, ReportPackage } from '../../base/model/report.ts'
import { markBase } from './mark.ts'

test('packages by their layer', () => {
  const pkg = (Name: string, DiffID?: string): ReportPackage => ({
    ID: Name,
    Name,
    Version: '1',
    Identifier: { PURL: '' },
    ...(DiffID && { Layer: { DiffID } }),
  })
  const report = {
    Metadata: { DiffIDs: ['a', 'b'] },
    Results: [{ Target: 't', Class: 'os-pkgs', Packages: [pkg('x', 'a'), pkg('y', 'b'), pkg('z')] }],
  } as Partial<Report> as Report
  const marked = markBase(report, { name: 'debian:12', how: 'layers', layers: 1 })
  deepEqual(marked.Metadata.BaseImage, { Name: 'debian:12', How: 'layers', Layers: 1 })
  deepEqual(
    marked.Results[0]!.Packages!.map(({ FromBase }) => FromBase),
    [true, false, undefined],
  )
})
