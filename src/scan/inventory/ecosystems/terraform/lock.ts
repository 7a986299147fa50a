import type { Extractor, FoundPackage, ReportProblem } from '../../../../base/model/ecosystem.ts'

/** `.terraform.lock.hcl`: a block `provider "HOST/NAMESPACE/TYPE" { version = "…" … }` for each provider chosen. */
export const terraformLock: Extractor = {
  id: 'terraform-lock',
  revision: 2,
  stage: 'lock',
  patterns: [{ basename: '.terraform.lock.hcl' }],
  maxBytes: 4 * 1024 * 1024,
  parse: (file, problem) => packagesOf(file.text(), problem),
}

function packagesOf(text: string, problem?: ReportProblem): FoundPackage[] {
  const found: FoundPackage[] = []
  let name: string | undefined
  for (const [index, line] of text.split('\n').entries()) {
    const block = /^\s{0,40}provider\s{1,20}"([^"\s]{1,300})"\s{0,20}\{/.exec(line)
    if (block) name = block[1]
    const version = /^\s{0,40}version\s{0,20}=\s{0,20}"([^"]{1,100})"/.exec(line)?.[1]
    if (!name || !version) continue
    found.push({ name, version, lines: { start: index + 1, end: index + 1 } })
    name = undefined
  }
  if (name !== undefined) problem?.('truncated', `terraform-lock: ${name} has no version`)
  else if (found.length === 0 && /^[ \t]*[^\s#/]/m.test(text)) throw new SyntaxError('no provider block')
  return found
}
