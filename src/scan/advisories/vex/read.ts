import { isObject, parseJson, stringAt } from '../../../base/json.ts'
import { readCsaf } from './csaf.ts'
import { readCycloneDxVex } from './cyclonedx.ts'
import type { DecisionFile } from './decision.ts'
import { readIgnoreLines } from './ignore-lines.ts'
import { readOpenVex } from './openvex.ts'

const maxLength = 256 * 1024 * 1024

/**
 * Reads an ignore file by its name: `.grype.yaml`, `*.yaml`/`*.yml` (Trivy's YAML form), anything else as lines (`.trivyignore`, `.jennerignore`).
 * Never throws on bad content: that is in `problems`.
 */
export async function readIgnoreFile(path: string, text: string): Promise<DecisionFile> {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase()
  const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  if (!/\.ya?ml$/.test(name)) return readIgnoreLines(path, body)
  if (/grype/.test(name)) return (await import('./grype.ts')).readGrypeYaml(path, body)
  return (await import('./ignore-yaml.ts')).readTrivyYaml(path, body)
}

/**
 * Reads a VEX document, recognised by its content: OpenVEX, CSAF or CycloneDX (JSON), bare or as the predicate of an in-toto statement, in its DSSE envelope or
 * without (whose signature is not looked at: who gives the file vouches for it). Never throws on bad content.
 */
export function readVexDocument(path: string, text: string): DecisionFile {
  const failed = (detail: string): DecisionFile => ({ decisions: [], problems: [{ source: path, detail }] })
  if (text.length > maxLength) return failed('too large')
  let document: unknown
  try {
    document = parseJson(text)
  } catch {
    return failed('not JSON')
  }
  const predicate = predicateOf(document)
  if (predicate !== undefined) document = predicate
  if (!isObject(document)) return failed('not a JSON object')
  if (stringAt(document, 'bomFormat') === 'CycloneDX') return readCycloneDxVex(path, document)
  if (isObject(document.document) && typeof stringAt(document.document, 'csaf_version') === 'string')
    return readCsaf(path, document)
  if (/openvex/i.test(JSON.stringify(document['@context'] ?? '')) || Array.isArray(document.statements))
    return readOpenVex(path, document)
  return failed('neither OpenVEX nor CSAF nor CycloneDX')
}

/** The predicate of an in-toto statement (https://github.com/in-toto/attestation), which may stand in an envelope (https://github.com/secure-systems-lab/dsse); undefined for other documents. */
function predicateOf(document: unknown): unknown {
  const payload = stringAt(document, 'payload')
  let statement = document
  if (payload !== undefined && /in-toto/.test(stringAt(document, 'payloadType') ?? '')) {
    try {
      statement = parseJson(Buffer.from(payload, 'base64').toString('utf8'))
    } catch {
      return undefined
    }
  }
  return isObject(statement) && /in-toto\.io\/Statement/.test(stringAt(statement, '_type') ?? '')
    ? statement.predicate
    : undefined
}
