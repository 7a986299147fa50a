import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { preCommit } from './pre-commit.ts'

test('repositories of hooks', () => {
  const text =
    'repos:\n- repo: https://github.com/psf/black\n  rev: 23.12.1\n  hooks: [{id: black}]\n- repo: local\n  hooks: []\n- repo: git@github.com:pycqa/flake8.git\n  rev: "6.1.0"\n'
  deepEqual(named(foundIn(preCommit, { '.pre-commit-config.yaml': text })), [
    'psf/black 23.12.1 (development)',
    'pycqa/flake8 6.1.0 (development)',
  ])
})
