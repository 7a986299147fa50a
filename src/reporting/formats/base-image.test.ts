import { equal } from 'node:assert/strict'
import { test } from 'node:test'
import { translate } from '../../base/i18n/translate.ts'
import type { Report, ReportVulnerability } from '../../base/model/report.ts'
import { baseImageLine } from './base-image.ts'

const reportOf = (BaseImage: unknown, fromBase: (boolean | undefined)[]) =>
  ({
    Metadata: { BaseImage },
    Results: [{ Vulnerabilities: fromBase.map(FromBase => ({ FromBase }) as ReportVulnerability) }],
  }) as unknown as Report

const line = (report: Report) => baseImageLine(report, (key, values) => translate('en', key, values))

test('what an image is built on, in one line', () => {
  equal(
    line(reportOf({ Name: 'debian:12', How: 'layers', Layers: 1 }, [true, false, undefined])),
    'Base image: debian:12 (first 1 layer, by its layers). 1 of 3 vulnerabilities came with it.',
  )
  equal(
    line(reportOf({ How: 'history', Layers: 2 }, [])),
    'Base image: not known by name (first 2 layers, by the build history).',
  )
  equal(line(reportOf({ How: 'x' }, [])), undefined)
  equal(line(reportOf(undefined, [true])), undefined)
})
