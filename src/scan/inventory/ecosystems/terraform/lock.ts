import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/** `.terraform.lock.hcl`: a block `provider "HOST/NAMESPACE/TYPE" { version = "…" … }` for each provider chosen. */
export const terraformLock: Extractor = {
  id: 'terraform-lock',
  revision: 1,
  stage: 'lock',
  patterns: [{ basename: '.terraform.lock.hcl' }],
  maxBytes: 4 * 1024 * 1024,
  parse: file => packagesOf(file.text()),
}

function packagesOf(text: string): FoundPackage[] {
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
  return found
}
