import type { Render } from './format.ts'
import { renderJson, stringify } from './json.ts'

/**
 * The predicate of Cosign's vulnerability attestation (`cosign attest --type vuln --predicate FILE`): who looked, when, and the whole report as its result.
 * https://github.com/sigstore/cosign/blob/main/specs/COSIGN_VULN_ATTESTATION_SPEC.md
 */
export const renderCosignVuln: Render = function* (report, options) {
  const { version } = options
  const result = JSON.parse([...renderJson(report, options)].join('')) as unknown
  const when = report.CreatedAt
  const predicate = {
    invocation: { parameters: null, uri: '', event_id: '', 'builder.id': '' },
    scanner: {
      uri: `pkg:generic/jenner@${version}`,
      version,
      db: { uri: '', version: report.Database?.builtAt ?? '' },
      result,
    },
    metadata: { scanStartedOn: when, scanFinishedOn: when },
  }
  yield `${stringify(predicate, 2)}\n`
}
