import { readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formatsOf from 'ajv-formats'

const compiled = new Map<string, ValidateFunction>()

/** A validator over a published schema of testdata/schemas, with the schemas it refers to. */
export function validator(name: string): ValidateFunction {
  const known = compiled.get(name)
  if (known) return known
  const schema = load(name)
  const modern = String(schema.$schema).includes('2020-12')
  const ajv = new (modern ? Ajv2020 : Ajv)({ strict: false, allErrors: false, logger: false })
  formatsOf.default(ajv as Ajv)
  for (const format of ['iri-reference', 'idn-email']) if (!ajv.formats[format]) ajv.addFormat(format, true)
  if (name.startsWith('bom'))
    for (const other of ['spdx.schema.json', 'jsf-0.82.schema.json']) ajv.addSchema(load(other))
  const validate = ajv.compile(schema)
  compiled.set(name, validate)
  return validate
}

function load(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(new URL(`testdata/schemas/${name}`, import.meta.url), 'utf8'))
}
