import type { BaseImage } from '../../base/model/base-image.ts'
import type { Report, ReportLayer } from '../../base/model/report.ts'

/** A report that says what the image stands on, and of every package and vulnerability with a known layer whether the base brought it. */
export function markBase(report: Report, base: BaseImage): Report {
  const { name, digest, otherNames, how, layers } = base
  const ofBase = new Set((report.Metadata.DiffIDs ?? []).slice(0, layers))
  const marked = <T extends { Layer?: ReportLayer }>(item: T): T => {
    const diffId = item.Layer?.DiffID
    return diffId === undefined ? item : { ...item, FromBase: ofBase.has(diffId) }
  }
  return {
    ...report,
    Metadata: {
      ...report.Metadata,
      BaseImage: {
        ...(name && { Name: name }),
        ...(digest && { Digest: digest }),
        ...(otherNames && { OtherNames: otherNames }),
        How: how,
        Layers: layers,
      },
    },
    Results: report.Results.map(result => ({
      ...result,
      ...(result.Packages && { Packages: result.Packages.map(marked) }),
      ...(result.Vulnerabilities && { Vulnerabilities: result.Vulnerabilities.map(marked) }),
    })),
  }
}
