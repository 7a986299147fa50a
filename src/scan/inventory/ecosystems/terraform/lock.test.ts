import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { terraformLock } from './lock.ts'

test('the providers chosen', () => {
  const text = `# This file is maintained automatically.
provider "registry.terraform.io/hashicorp/aws" {
  version     = "5.31.0"
  constraints = "~> 5.0"
  hashes = [
    "h1:abc=",
  ]
}

provider "registry.opentofu.org/integrations/github" {
  version = "6.0.0"
}
`
  deepEqual(named(foundIn(terraformLock, { 'infra/.terraform.lock.hcl': text })), [
    'registry.terraform.io/hashicorp/aws 5.31.0',
    'registry.opentofu.org/integrations/github 6.0.0',
  ])
  deepEqual(foundIn(terraformLock, { '.terraform.lock.hcl': 'provider "x" {\n' }), [])
})
